// The runtime that a program of the C++ compiler's gets.
#include <cstdio>
#include <cuda_runtime_api.h>

int main()
{
	int runtime = 0;

	cudaRuntimeGetVersion(&runtime);
	std::printf("%d %d\n", CUDART_VERSION, runtime);
	return 0;
}
