// cudaMemPrefetchAsync takes a cudaMemLocation since CUDA 13.0.
#include <cuda_runtime.h>
int fetch(const void *at, size_t n) { return cudaMemPrefetchAsync(at, n, 0, 0); }
