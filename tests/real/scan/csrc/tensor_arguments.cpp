// Tensor::size wants an argument.
#include <ATen/core/TensorBody.h>
long n(const at::Tensor &x) { return x.size(); }
