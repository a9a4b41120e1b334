// thrust::unary_function left Thrust with CUDA 13.0.
#include <thrust/functional.h>
struct twice : thrust::unary_function<float, float> {
	__host__ __device__ float operator()(float x) const { return 2 * x; }
};
float four() { return twice()(2); }
