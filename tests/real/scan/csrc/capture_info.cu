// cudaStreamGetCaptureInfo got more arguments.
#include <cuda_runtime.h>
int info(cudaStream_t stream)
{
	cudaStreamCaptureStatus status;
	unsigned long long id;
	return cudaStreamGetCaptureInfo(stream, &status, &id);
}
