// … and with them: torch's build gives -D__CUDA_NO_HALF_OPERATORS__, so this fails.
#include <cuda_fp16.h>
__global__ void twice(__half *x) { x[threadIdx.x] = x[threadIdx.x] + x[threadIdx.x]; }
