// One call of each library, so that the linker must keep it.
#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <cufft.h>
#include <curand.h>
#include <cusolverDn.h>
#include <cusparse.h>

int main()
{
	int version = 0;

	cudaRuntimeGetVersion(&version);
	cublasGetVersion(nullptr, &version);
	cusparseGetVersion(nullptr, &version);
	cusolverGetVersion(&version);
	curandGetVersion(&version);
	cufftGetVersion(&version);
	return version == 0;
}
