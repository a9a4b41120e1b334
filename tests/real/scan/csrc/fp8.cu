// cuda_fp8.h came with CUDA 11.8.
#include <cuda_fp8.h>
__nv_fp8_e4m3 zero() { return __nv_fp8_e4m3(0.0f); }
