/* shim.h: cuenv under the name nvcc. */
#ifndef CLI_SHIM_H
#define CLI_SHIM_H

#include "base/run.h"

/* Becomes the nvcc of the toolkit that is selected here; comes back only on failure, with run->error and the exit code. */
int shim_nvcc(struct run *run, char **argv);

#endif
