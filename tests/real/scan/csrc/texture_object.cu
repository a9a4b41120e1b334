// Texture objects stayed: compiles everywhere.
#include <cuda_runtime.h>
__global__ void read(cudaTextureObject_t image, float *out) { out[threadIdx.x] = tex2D<float>(image, threadIdx.x, 0); }
