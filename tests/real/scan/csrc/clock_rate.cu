// cudaDeviceProp::clockRate left CUDA in 13.0.
#include <cuda_runtime.h>
int rate(int device)
{
	cudaDeviceProp properties;
	cudaGetDeviceProperties(&properties, device);
	return properties.clockRate;
}
