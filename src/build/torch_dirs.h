/* torch_dirs.h: the folders that torch.utils.cpp_extension gives both compilers (include_paths, 1.13 to 2.15) and the linker. */
#ifndef BUILD_TORCH_DIRS_H
#define BUILD_TORCH_DIRS_H

#include "base/run.h"
#include "cuenv.h"

/*
 * The include folders in torch's order: torch's own, the toolkit's (of conda-forge's torch the environment's, by its patch
 * 0006), those of CUDA_INC_PATH and cuDNN. Whether they are there is not looked at; torch leaves /usr/include out.
 */
struct strings torch_include_dirs(struct run *run, const struct torch *torch, const struct python *python,
				  const struct toolkit *toolkit);

/* CUDNN_HOME, else CUDNN_PATH, whose include and lib64 torch adds; NULL: neither is set. */
const char *torch_cudnn_home(struct run *run);

#endif
