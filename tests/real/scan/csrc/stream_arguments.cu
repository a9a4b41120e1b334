// A string is no device.
#include <c10/cuda/CUDAStream.h>
auto stream() { return c10::cuda::getCurrentCUDAStream("cuda:0"); }
