// Tensor::data<T>() and x.type().is_cuda() only warn.
#include <ATen/core/TensorBody.h>
float first(const at::Tensor &x) { return x.type().is_cuda() ? 0 : *x.data<float>(); }
