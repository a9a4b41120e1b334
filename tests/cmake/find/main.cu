// Says by which toolkit it was compiled and with which it is linked; the static runtime needs nothing where it runs.
#include <cstdio>
#include <cuda_runtime.h>

__global__ void nothing()
{
}

int main()
{
	int runtime = 0;

	cudaRuntimeGetVersion(&runtime);
	nothing<<<1, 1>>>();
	std::printf("%d %d\n", CUDART_VERSION, runtime);
	/* Where there is no driver, CUDA 11's runtime tells 0. */
	return runtime == CUDART_VERSION || (CUDART_VERSION < 12000 && runtime == 0) ? 0 : 1;
}
