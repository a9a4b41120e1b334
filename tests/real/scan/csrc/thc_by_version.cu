// The same behind torch's version: compiles.
#include <torch/version.h>
#if TORCH_VERSION_MAJOR < 1 || (TORCH_VERSION_MAJOR == 1 && TORCH_VERSION_MINOR < 11)
#include <THC/THC.h>
#endif
int major_of_torch() { return TORCH_VERSION_MAJOR; }
