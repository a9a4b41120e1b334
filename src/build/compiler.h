/*
 * compiler.h: which host compiler a build takes here, and which one it should take with a toolkit. The one place that
 * decides it, for doctor, match, env, gen, exec, verify, scan, the link called nvcc and FindCudaEnv. Files are read and
 * nothing is run; verify, which asks the compilers themselves, hands its own answers to compiler_choose.
 */
#ifndef BUILD_COMPILER_H
#define BUILD_COMPILER_H

#include "base/run.h"
#include "cuenv.h"

/* A compiler as an environment names it. */
struct resolved_compiler {
	const char *from;	/* "CXX", "CC", "NVCC_PREPEND_FLAGS", "nvcc.profile", "beside nvcc", "the default", … */
	const char *word;	/* as it was named: "ccache g++-11" */
	const char *path;	/* the program behind that; NULL: not there */
	const struct compiler *compiler;	/* the C++ compiler of that family; NULL: not there */
	bool named;		/* by the user, so that it is not replaced without a word */
};
struct resolved_compilers { struct resolved_compiler *item; size_t n; };

/* As a build finds them: for .cpp CXX, else c++. */
struct resolved_compiler compiler_cxx(struct run *run, const struct machine *machine);

/*
 * Behind nvcc the last -ccbin that it gets: of NVCC_APPEND_FLAGS, the CC that torch passes, NVCC_PREPEND_FLAGS. Without one
 * NVCC_CCBIN, where this nvcc reads it; nvcc.profile's folder; a gcc beside nvcc; the gcc on PATH.
 */
struct resolved_compiler compiler_nvcc(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

/* The newest GCC whose C++ headers this nvcc can read; 0: no such limit is known. */
int compiler_readable(const struct toolkit *toolkit);

/* What a toolkit, and the headers of the torch that is built for, make of a compiler. */
enum compiler_fit {
	COMPILER_FITS,
	COMPILER_UNREADABLE,	/* accepted, but nvcc cannot read its C++ headers */
	COMPILER_UNKNOWN,	/* no file tells its version */
	COMPILER_TOO_NEW,	/* beyond the bound of crt/host_config.h */
	COMPILER_TOO_OLD,	/* torch's headers refuse it */
};
enum compiler_fit compiler_fit(const struct machine *machine, const struct toolkit *toolkit, bool is_clang,
			       const struct version *version);

/* Why it does not fit: "CUDA 11.8 accepts GCC ≤ 11", "the headers of torch 2.5.1 demand GCC ≥ 9"; NULL: it does. */
const char *compiler_bound(struct run *run, const struct machine *machine, const struct toolkit *toolkit, bool is_clang,
			   const struct version *version);

struct compiler_choice {
	const struct compiler *compiler;	/* NULL: none here will do */
	const char *from;			/* who named it; NULL: nobody, it is the newest here that fits */
	struct resolved_compiler refused;	/* the first that was named, or is the default, and does not fit; from NULL: none */
};

/*
 * The first that fits of those given, in their order, else the newest here, GCC before clang. One of unknown version is
 * taken only where the user named it, or where nothing else is left but the default.
 */
struct compiler_choice compiler_choose(const struct machine *machine, const struct toolkit *toolkit,
				       const struct resolved_compilers *given);

/* What this environment names, in this order: words for nvcc's host compiler, CXX, CC, c++, what comes with nvcc. */
struct resolved_compilers compiler_given(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

/* The choice of those. */
struct compiler_choice compiler_here(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

/* Why there is none: "no compiler here will do: CUDA 11.8 accepts GCC ≤ 11". */
const char *compiler_lack(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

/*
 * The variables that lead torch's build, CMake and nvcc to one compiler; what the user has in them stays. cxx and cc may
 * be "ccache g++-11", host is a path. prepend and append: NVCC_…_FLAGS; NULL: left alone.
 */
struct compiler_variables { const char *cxx, *cc, *host, *prepend, *append; };
struct compiler_variables compiler_variables(struct run *run, const struct machine *machine, const struct toolkit *toolkit,
					     const struct compiler *compiler);

/* The command that sets those which a build here needs: "export CXX=g++-11 CC=gcc-11". */
const char *compiler_export(struct run *run, const struct machine *machine, const struct toolkit *toolkit,
			    const struct compiler *compiler);

/* The program that a word of CXX and the like names, on PATH or from here; NULL: none. */
const char *compiler_program(struct run *run, const char *name);

/* "CXX=g++-11 CC=gcc-11", by name where PATH finds the same file. */
const char *compiler_words(struct run *run, const char *cxx);

/* The command that gets a compiler: a GCC of at most that major; 0: any. */
const char *compiler_get(struct run *run, const struct machine *machine, int gcc_max);

/* "g++-11 (GCC 11.3.0)"; the name alone where the version is not known. */
const char *compiler_says(struct run *run, const char *path, bool is_clang, const struct version *version);

/* What the last -ccbin among flags names, "g++-11"; NULL: there is none. A folder is the gcc in it. */
const char *compiler_ccbin(struct run *run, const char *flags);

/* Whether NVCC_PREPEND_FLAGS or NVCC_APPEND_FLAGS tell nvcc to take any compiler. */
bool compiler_is_forced(struct run *run);

/* Whether a torch extension can be meant at all: a torch with CUDA is here. */
bool wants_extension(const struct machine *machine);

#endif
