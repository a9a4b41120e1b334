/* find.h: one toolkit as CMake's set() commands, for FindCudaEnv.cmake, which holds no search of its own. */
#ifndef EMIT_FIND_H
#define EMIT_FIND_H

#include "base/run.h"
#include "cuenv.h"
#include "emit/build_plan.h"

struct find {
	const struct machine *machine;
	const struct toolkit *toolkit;
	struct build_plan plan;		/* compiler and archs; each may be NULL */
	const struct toolkit *choice;	/* the one that would be taken if no place were named, or NULL */
	const char *by;			/* who chose that one, or NULL */
	const char *choice_fault;	/* why what somebody chose cannot be taken, or NULL */
	struct strings components;	/* asked for; "torch" may be among them */
	const char *torch_fault;	/* why torch cannot be had, or NULL */
	struct strings cxx_flags, nvcc_flags;	/* what torch's own build passes */
};

/* How FindCudaEnv.cmake knows an answer; the number changes when an answer means something else than before. */
#define FIND_FIRST_LINE "# cuenv cmake 1"

/* A library of the toolkit, or of cuDNN, which lies elsewhere. */
struct component {
	const char *library, *include_dir;
	const char *fault;	/* why it cannot be used, else NULL */
};

/* name is a row of components.def; false with a fault in out for one that is not, or is not here. */
bool component_look(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *name,
		    struct component *out);

/*
 * The file that a library of the toolkit is linked by, name as in -lNAME: lib….so, .a, .so.13 where wheels have no other, at last
 * a stub; NULL: it has none. What is asked for by find_package(CudaEnv) and by pkg-config comes to the same file.
 */
const char *component_library(struct run *run, const struct toolkit *toolkit, const char *name);

/* False with run->error for a path that CMake cannot hold. */
bool find_text(struct run *run, const struct find *find, const char **out);

/* torch's architectures as CMake's: "8.0;9.0+PTX" → "80-real;90", for CMake's plain number is both machine code and PTX. */
const char *find_architectures(struct run *run, const char *archs);

#endif
