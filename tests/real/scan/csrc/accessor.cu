// Packed accessors: compiles.
#include <ATen/core/TensorAccessor.h>
template <typename T> __global__ void fill(at::PackedTensorAccessor32<T, 1, at::RestrictPtrTraits> x) { x[threadIdx.x] = T(0); }
template __global__ void fill<float>(at::PackedTensorAccessor32<float, 1, at::RestrictPtrTraits>);
