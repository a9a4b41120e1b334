// cudaBindTexture went with the texture references.
#include <cuda_runtime.h>
int unbind(const void *texture) { return cudaUnbindTexture((const textureReference *)texture); }
