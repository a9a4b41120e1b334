// A function of this file's own by that name, and the old one behind the architecture: compiles everywhere.
__device__ float __shfl_down_(float x) { return x; }
__global__ void sum(float *x)
{
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ < 300
	x[threadIdx.x] += __shfl_down(x[threadIdx.x], 1);
#else
	x[threadIdx.x] += __shfl_down_(x[threadIdx.x]);
#endif
}
