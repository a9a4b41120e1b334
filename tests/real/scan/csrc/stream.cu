// Streams and guards: compiles.
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
__global__ void fill(float *x) { x[threadIdx.x] = 0; }
void run(float *x, int device)
{
	const c10::cuda::CUDAGuard guard(static_cast<c10::DeviceIndex>(device));
	fill<<<1, 32, 0, c10::cuda::getCurrentCUDAStream()>>>(x);
	C10_CUDA_KERNEL_LAUNCH_CHECK();
}
