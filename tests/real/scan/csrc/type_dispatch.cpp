// Tensor::type() for a dispatch macro: at::DeprecatedTypeProperties is no at::ScalarType.
#include <ATen/Dispatch.h>
#include <ATen/core/TensorBody.h>
int size(const at::Tensor &x)
{
	int n = 0;
	AT_DISPATCH_FLOATING_TYPES(x.type(), "size", [&] { n = sizeof(scalar_t); });
	return n;
}
