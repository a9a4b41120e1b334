/* inspect.h: from a place to facts. Every function reads files and runs nothing. */
#ifndef INSPECT_H
#define INSPECT_H

#include "base/run.h"
#include "cuenv.h"

/* Where a lead really leads. */
struct place {
	const char *root;	/* real path */
	const char *nvcc;	/* the nvcc to call, in a real directory, with its nvcc.profile beside it if it has one; or NULL */
	const char *fault;	/* "PATH is …" when an nvcc is there that is none, and nvcc is NULL; else NULL */
	bool unreadable;	/* what fault names may not be looked into: whether an nvcc is there is not known */
	const char *program;	/* the ELF program behind it: differs where a script or a wrapper stands in front */
	bool detour;		/* a build that starts from the lead does not come here by itself: a link that nvcc does not
				   resolve, a script elsewhere, HPC SDK's redirector */
};

/* False, with a trace line, when the lead leads nowhere. */
bool inspect_place(struct run *run, const struct lead *lead, struct place *out);

/* How closely to look; each includes the one before it. */
enum look {
	LOOK_BRIEF,	/* what selecting needs (parts, abilities, state, version), as fast as an empty process */
	LOOK_WHOLE,	/* all claims, contradiction, gap and remedy */
	LOOK_CLOSE,	/* layout and compiler bounds */
};

/*
 * The toolkit at that place; false, with a trace line, where there is none. found_by and active are left to the caller.
 */
bool inspect_toolkit(struct run *run, const struct lead *lead, const struct place *place, enum look look,
		     struct toolkit *out);

/* The highest GCC and clang majors that a crt/host_config.h accepts; 0 where it states no limit. */
void inspect_host_config(struct run *run, const char *file, int *gcc_max, int *clang_max);

/* The Python at hand: run->python, else VIRTUAL_ENV, CONDA_PREFIX, .venv here, else python3 on PATH. False when there is none;
 * with run->error when the user named one that is none. */
bool inspect_python(struct run *run, struct python *out);

/* The torch that this Python would import; false when it has none. */
bool inspect_torch(struct run *run, const struct python *python, struct torch *out);

/* Every g++ and clang++ on PATH and their versioned siblings, newest first, GCC before clang; one entry for one file. */
void inspect_compilers(struct run *run, struct compilers *out);

/* The one compiler of that path; false when it cannot compile C++, or nvcc's shell would misread the path. */
bool inspect_compiler(struct run *run, const char *path, struct compiler *out);

/* Whether a program stands before a compiler, as ccache does; by its name. */
bool inspect_is_front(const char *path);

/* Whether this nvcc reads the variable NVCC_CCBIN; where its file does not tell, by the toolkit's version. */
bool inspect_reads_ccbin(struct run *run, const struct toolkit *toolkit);

/* The folder whose gcc nvcc takes by its nvcc.profile (compiler-bindir), or NULL. */
const char *inspect_compiler_bindir(struct run *run, const char *nvcc);

/* The GPUs here, named or not. */
void inspect_gpus(struct run *run, struct gpus *out);

/* "NVIDIA H200" → "90"; NULL: in no table. */
const char *inspect_gpu_arch(struct run *run, const char *name);

/* Every libcuda.so.1, in the order of the places, configured ones first; one entry for one file. */
void inspect_libcudas(struct run *run, struct libcudas *out);

/* cuDNNs of the Python at hand, of the system and of the toolkits; machine has these already. */
void inspect_cudnns(struct run *run, const struct machine *machine, struct cudnns *out);

void inspect_packages(struct run *run, const struct python *python, struct packages *out);
void inspect_frameworks(struct run *run, const struct python *python, const struct packages *packages,
			struct frameworks *out);

void inspect_computer(struct run *run, struct computer *out);

/* The driver that is loaded, else the one that is installed; false when there is none. */
bool inspect_driver(struct run *run, struct driver *out);

#endif
