/* nvcc_archs.h: what an nvcc compiles for, without running it. */
#ifndef BASE_NVCC_ARCHS_H
#define BASE_NVCC_ARCHS_H

#include "base/run.h"
#include "base/str.h"

/* Architectures that it compiles for, as its file says: "80", "90a"; empty when that does not tell, or nvcc is NULL. */
struct strings nvcc_archs(struct run *run, const char *nvcc);

#endif
