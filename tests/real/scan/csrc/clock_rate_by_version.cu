// The same behind the version: compiles everywhere.
#include <cuda_runtime.h>
int rate(int device)
{
	int rate = 0;
#if CUDART_VERSION >= 13000
	cudaDeviceGetAttribute(&rate, cudaDevAttrClockRate, device);
#else
	cudaDeviceProp properties;
	cudaGetDeviceProperties(&properties, device);
	rate = properties.clockRate;
#endif
	return rate;
}
