// cuCtxGetCurrent stayed.
#include <cuda.h>
int current(CUcontext *out) { return cuCtxGetCurrent(out); }
