// ATen/cuda/CUDAContextLight.h came between 2.0 and 2.5.
#include <ATen/cuda/CUDAContextLight.h>
int devices() { return (int)at::cuda::getNumGPUs(); }
