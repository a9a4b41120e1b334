/* torch_compilers.h: torch's own table of compilers, which only a setup.py build heeds. */
#ifndef CHECK_TORCH_COMPILERS_H
#define CHECK_TORCH_COMPILERS_H

#include "check/check.h"

/*
 * torch's own table, in the file utils/cpp_extension.py, against a compiler that nvcc accepts: CE205 where a setup.py build
 * refuses it. False where the table has no row for this CUDA.
 */
bool torch_compilers_judge(struct run *run, const char *file, const struct toolkit *toolkit, const char *path, bool is_clang,
			   const struct version *version, struct findings *out);

#endif
