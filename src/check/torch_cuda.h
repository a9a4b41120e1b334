#ifndef CHECK_TORCH_CUDA_H
#define CHECK_TORCH_CUDA_H

#include "check/check.h"

/* Whether CUDA of toolkit and torch, which has one, differ: 2 the major, 1 the minor, 0 not. Then a finding says so. */
int torch_cuda_compare(struct run *run, const struct toolkit *toolkit, const struct torch *torch, const char *remedy,
		       struct findings *out);

#endif
