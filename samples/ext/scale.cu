/* The CUDA side: a kernel, its launch on torch's current stream, and the same on the CPU to compare with. */
#include "scale.h"

#include <c10/cuda/CUDAStream.h>
#include <c10/util/Exception.h>
#include <cuda_runtime.h>

#include <string>

__global__ void scale_kernel(float *y, int64_t n, float factor)
{
	int64_t i = blockIdx.x * (int64_t)blockDim.x + threadIdx.x;

	if (i < n)
		y[i] *= factor;
}

at::Tensor scale(const at::Tensor &x, double factor)
{
	/* The message is made here and read in Python: it proves that both sides mean the same by std::string. */
	TORCH_CHECK(x.scalar_type() == at::kFloat, std::string("scale takes float32, not "), toString(x.scalar_type()));

	at::Tensor y = x.contiguous().clone();
	float *data = static_cast<float *>(y.data_ptr());
	int64_t n = y.numel();

	if (!y.is_cuda()) {
		for (int64_t i = 0; i < n; i++)
			data[i] *= static_cast<float>(factor);
	} else if (n > 0) {
		scale_kernel<<<(n + 255) / 256, 256, 0, c10::cuda::getCurrentCUDAStream()>>>(data, n, factor);
		cudaError_t error = cudaGetLastError();
		TORCH_CHECK(error == cudaSuccess, "scale: ", cudaGetErrorString(error));
	}
	return y;
}

int runtime_version()
{
	int version = 0;

	cudaRuntimeGetVersion(&version);
	return version;
}
