/* compilers.h: which compilers a torch build takes, from names and files; verify asks the compilers themselves. */
#ifndef CHECK_COMPILERS_H
#define CHECK_COMPILERS_H

#include "check/check.h"

struct taken {
	const char *from;			/* "CXX", "CC", "NVCC_CCBIN", "NVCC_PREPEND_FLAGS", "the default" */
	const char *word;			/* as it was named */
	const char *path;			/* the program, or NULL: not there */
	const struct compiler *compiler;	/* or NULL: of unknown version */
};

/* For .cpp: CXX, else c++. */
struct taken compilers_cxx(struct run *run, const struct machine *machine);

/*
 * Behind the nvcc of that toolkit: CC, which torch passes as -ccbin; -ccbin of NVCC_PREPEND_FLAGS, NVCC_CCBIN; a gcc beside
 * nvcc, where the toolkit is here and has one; gcc.
 */
struct taken compilers_nvcc(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

bool compilers_accepts(const struct toolkit *toolkit, const struct compiler *compiler);

/* The newest here that the toolkit accepts, GCC before clang; NULL: none. */
const struct compiler *compilers_best(const struct machine *machine, const struct toolkit *toolkit);

/* "CXX=g++-11 CC=gcc-11", by name where PATH finds the same file. */
const char *compilers_variables(struct run *run, const char *cxx);

/* Whether NVCC_PREPEND_FLAGS or NVCC_APPEND_FLAGS tell nvcc to take any compiler. */
bool compilers_forced(struct run *run);

/*
 * torch's own table, in the file utils/cpp_extension.py, against a compiler that nvcc accepts: CE205 where a setup.py build
 * refuses it. False where the table has no row for this CUDA.
 */
bool compilers_bounds(struct run *run, const char *file, const struct toolkit *toolkit, const char *path, bool is_clang,
		      const struct version *version, struct findings *out);

#endif
