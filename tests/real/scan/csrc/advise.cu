// So does cudaMemAdvise.
#include <cuda_runtime.h>
int advise(const void *at, size_t n, int device) { return cudaMemAdvise(at, n, cudaMemAdviseSetPreferredLocation, device); }
