// cudaLaunchCooperativeKernelMultiDevice left CUDA in 13.0.
#include <cuda_runtime.h>
int launch(cudaLaunchParams *list) { return cudaLaunchCooperativeKernelMultiDevice(list, 2, 0); }
