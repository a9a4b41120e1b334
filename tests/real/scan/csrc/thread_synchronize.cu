// cudaThreadSynchronize left CUDA in 13.0.
#include <cuda_runtime.h>
void wait() { cudaThreadSynchronize(); }
