// A Tensor is no float pointer.
#include <ATen/core/TensorBody.h>
const float *of(const at::Tensor &x) { return x.data_ptr<float>(); }
const float *wrong(const at::Tensor &x) { return x; }
