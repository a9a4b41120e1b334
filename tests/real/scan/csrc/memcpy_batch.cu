// New in CUDA 12.8: an older toolkit does not know it.
#include <cuda_runtime.h>
cudaMemcpyAttributes attributes;
int kind() { return attributes.srcAccessOrder; }
