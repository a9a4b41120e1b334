// A member that CUDAStream does not have.
#include <c10/cuda/CUDAStream.h>
bool idle() { return c10::cuda::getCurrentCUDAStream().is_idle(); }
