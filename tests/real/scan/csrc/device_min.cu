// min(int, unsigned) in device code: nvcc takes it.
__global__ void clamp(int *x, unsigned n) { x[threadIdx.x] = min(x[threadIdx.x], n) + max(x[threadIdx.x], 3u); }
