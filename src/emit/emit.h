/* emit.h: what switching means (activation.c, once) and how it is written for those who read it (one file per format). */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include "build/compiler.h"

/* What a switch brings besides PATH, CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT and CUDACXX. */
struct extras {
	bool runtime;		/* LD_LIBRARY_PATH of the toolkit's libraries */
	struct compiler_variables compiler;	/* CXX, CC; CUDAHOSTCXX and NVCC_CCBIN are host; NULL: left alone */
	const char *archs;	/* TORCH_CUDA_ARCH_LIST "8.0;9.0+PTX", and CUDAARCHS from it; NULL: left alone */
};

/*
 * The changes that lead from the run's environment, with whatever toolkit cuenv activated in it before, to the one in which
 * toolkit is active; toolkit NULL: to the one before any. Pure but for reading the environment: what was added is known from
 * the variables that an activation leaves (see activation.c), so a user's own edits survive. Empty with run->error for a
 * toolkit whose path no list can hold (a ':' in it).
 */
struct changes activation_changes(struct run *run, const struct toolkit *toolkit, const struct extras *extras);

/* The same for an environment that is not known yet, a file's reader: nothing is remembered, and lists are only prepended to. */
struct changes activation_plain(struct run *run, const struct toolkit *toolkit, const struct extras *extras);

/* Sentences on what this toolkit's layout cannot do by variables alone (Debian, conda's targets/), and on who else set
 * CUDA_HOME here; may be empty. */
struct strings activation_limits(struct run *run, const struct toolkit *toolkit);

/* The root that an activation in this environment names, or NULL. */
const char *activation_root(struct run *run);

/*
 * What a venv, conda or hand has since undone of the activation, as one sentence; NULL: nothing. Repaired by the changes to
 * the same toolkit.
 */
const char *activation_drift(struct run *run);

/* The venv whose deactivate undoes on PATH what these changes do, since its memory was not handed over; NULL: none. */
const char *activation_unreached(struct run *run);

/* The environment after the changes, for execve and for tests: "NAME=value" and a NULL at the end. */
char *const *activation_apply(struct run *run, const struct changes *changes);

struct emitter {
	const char *name;	/* "sh", as in --format */
	const char *what;	/* for --help */
	bool plain;		/* is read elsewhere: takes activation_plain's changes */
	/* The text that makes these changes; false with run->error for a value that this format cannot hold. */
	bool (*render)(struct run *run, const struct changes *changes, const char **out);
};

/* The rows of emitters.def: EMITTER(id) is src/emit/<id>.c with the value emitter_<id>. */
extern const struct emitter *const emitters[];
extern const int emitter_count;
const struct emitter *emitter_find(const char *name);

#endif
