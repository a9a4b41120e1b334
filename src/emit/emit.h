/* emit.h: what switching means (activation.c, once) and how it is written for those who read it (one file per format). */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include "base/run.h"
#include "cuenv.h"

/* What a switch brings besides PATH, CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT and CUDACXX. */
struct extras {
	bool runtime;		/* LD_LIBRARY_PATH of the toolkit's libraries */
	const char *cxx, *cc;	/* CXX, CUDAHOSTCXX, NVCC_CCBIN and CC; NULL: left alone */
	const char *archs;	/* TORCH_CUDA_ARCH_LIST "8.0;9.0+PTX", and CUDAARCHS from it; NULL: left alone */
};

/*
 * The changes that lead from the run's environment, with whatever toolkit cuenv activated in it before, to the one in which
 * toolkit is active; toolkit NULL: to the one before any. Pure but for reading the environment: what was added is known from
 * the variables that an activation leaves (see activation.c), so a user's own edits survive.
 */
struct changes activation_changes(struct run *run, const struct toolkit *toolkit, const struct extras *extras);

/* Sentences on what this toolkit's layout cannot do by variables alone (Debian, conda's targets/); may be empty. */
struct strings activation_limits(struct run *run, const struct toolkit *toolkit);

/* The environment after the changes, for execve and for tests: "NAME=value" and a NULL at the end. */
char *const *activation_apply(struct run *run, const struct changes *changes);

struct emitter {
	const char *name;	/* "sh", as in --format */
	const char *what;	/* for --help */
	/* The text that makes these changes; false with run->error for a value that this format cannot hold. */
	bool (*render)(struct run *run, const struct changes *changes, const char **out);
};

/* The rows of emitters.def: EMITTER(id) is src/emit/<id>.c with the value emitter_<id>. */
extern const struct emitter *const emitters[];
extern const int emitter_count;
const struct emitter *emitter_find(const char *name);

#endif
