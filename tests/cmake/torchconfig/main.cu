// Needs c10_cuda and the runtime; loaded by ctypes beside torch.
#include <c10/cuda/CUDAFunctions.h>
#include <cuda_runtime.h>

__global__ void nothing()
{
}

extern "C" int devices()
{
	return c10::cuda::device_count();
}

extern "C" int runtime()
{
	int version = 0;

	if (c10::cuda::device_count() > 0)
		nothing<<<1, 1>>>();
	cudaRuntimeGetVersion(&version);
	return version;
}
