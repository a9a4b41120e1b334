// c10::Half compared and mixed with float and int in device code: nvcc takes it.
#include <c10/util/Half.h>
template <typename T> __global__ void relu(T *x) { if (x[threadIdx.x] < static_cast<T>(0)) x[threadIdx.x] = T(0); x[0] = x[0] * 2 + 1.5f > 3 ? x[1] : x[2]; }
template __global__ void relu<c10::Half>(c10::Half *);
