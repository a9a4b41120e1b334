// cuCtxCreate has four arguments since CUDA 13.0.
#include <cuda.h>
int create(CUcontext *out) { return cuCtxCreate(out, 0, 0); }
