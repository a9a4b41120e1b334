// __shfl_down without _sync is not there for sm_70 and later.
__global__ void sum(float *x) { x[threadIdx.x] += __shfl_down(x[threadIdx.x], 1); }
