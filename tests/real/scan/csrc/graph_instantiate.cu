// The five arguments of cudaGraphInstantiate became three in CUDA 12.0; C++ has both for a while.
#include <cuda_runtime.h>
int make(cudaGraphExec_t *out, cudaGraph_t graph) { return cudaGraphInstantiate(out, graph, NULL, NULL, 0); }
