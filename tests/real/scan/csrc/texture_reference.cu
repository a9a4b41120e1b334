// Texture references left CUDA in 12.0.
#include <cuda_runtime.h>
texture<float, 2, cudaReadModeElementType> image;
__global__ void read(float *out) { out[threadIdx.x] = tex2D(image, threadIdx.x, 0); }
