// C10_CUDA_CHECK took its place.
#include <c10/cuda/CUDAException.h>
void copy(void *to, const void *from) { C10_CUDA_CHECK(cudaMemcpy(to, from, 4, cudaMemcpyDefault)); }
