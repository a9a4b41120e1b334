// Functions of the C++ library in device code, by --expt-relaxed-constexpr.
#include <algorithm>
#include <limits>
__global__ void clamp(float *x) { x[threadIdx.x] = std::min(x[threadIdx.x], std::numeric_limits<float>::max()); }
constexpr int square(int x) { return x * x; }
__global__ void squares(int *x) { x[threadIdx.x] = square(threadIdx.x); }
