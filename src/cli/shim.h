/* shim.h: cuenv under the names nvcc and c++. */
#ifndef CLI_SHIM_H
#define CLI_SHIM_H

#include "base/run.h"

/* Becomes the nvcc of the toolkit that is selected here; comes back only on failure, with run->error and the exit code. */
int shim_nvcc(struct run *run, char **argv);

/* Becomes the compiler that CUENV_REPAIR_CXX names, with a -std below CUENV_REPAIR_STD raised to it; comes back as above. */
int shim_cxx(struct run *run, char **argv);

#endif
