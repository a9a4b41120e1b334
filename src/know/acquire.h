/*
 * acquire.h: how to get a thing on this system. The one place that knows: every remedy that gets something asks here. The rows
 * are in acquire.def and versions.def; which of them is told follows from what is here: modules, conda, pip or uv, the
 * distribution, NVIDIA's repository.
 *
 * What is told can be typed here. Where no such command is known, words say what to look for.
 */
#ifndef KNOW_ACQUIRE_H
#define KNOW_ACQUIRE_H

#include "base/run.h"
#include "cuenv.h"

/* One of the two is set; of some things that nobody should get neither is. */
struct acquired {
	const char *command, *words;
};

/* Whichever of the two there is, or NULL. */
const char *acquired_text(struct acquired acquired);

/* The newest CUDA of data/toolkits.json that this driver runs and that compiles for these GPUs. */
struct version acquire_newest(struct run *run, const struct machine *machine);

/*
 * A toolkit of that CUDA (major and minor); NULL: of torch's, or else the newest. A toolkit of it that is here and only lacks
 * something is made whole.
 */
struct acquired acquire_toolkit(struct run *run, const struct machine *machine, const struct version *cuda);

/* What the toolkit at hand lacks, from where it came: its layout tells, see inspect/layout.c. */
struct acquired acquire_rest(struct run *run, const struct toolkit *toolkit);

/* How this shell takes a toolkit that is here: module load where a modulefile has it, else cuenv env. */
const char *acquire_shell(struct run *run, const struct toolkit *toolkit);

/* A g++ of that major or older; 0: any. Beyond what the distribution has, conda-forge's, whose C library is old as well. */
struct acquired acquire_compiler(struct run *run, const struct machine *machine, int gcc_max);

/* conda-forge's g++ with a C library of its own, which is older than glibc 2.41 (CE111). */
struct acquired acquire_compiler_with_libc(struct run *run, const struct machine *machine, int gcc_max);

/* A torch with CUDA: of this driver, these GPUs, this toolkit, the version that is here where it can stay. */
struct acquired acquire_torch(struct run *run, const struct machine *machine);

/* The same torch again; it is broken. */
struct acquired
acquire_torch_again(struct run *run, const struct python *python, const struct torch *torch);

/* A torch of another CUDA or version that has code for a GPU of that architecture ("90"); NULL command: none is known. */
struct acquired acquire_torch_for_gpu(struct run *run, const struct machine *machine, const char *arch);

/* How packages come into a Python: its own pip, uv's, or a new environment. */
struct installer {
	const char *first;   /* what has to be typed before, with " && " behind it; or "" */
	const char *install; /* "/v/bin/python -m pip install"; NULL: see words */
	const char *uninstall;
	const char *words;
};
struct installer acquire_installer(struct run *run, const struct python *python, const struct torch *torch);

/* Packages of the index, quoted where a shell wants it: "ninja", "'setuptools<82'". */
struct acquired acquire_packages(struct run *run, const struct python *python, const struct torch *torch,
				 const char *packages);

/* The command that builds a package again for this Python's torch; NULL: one whose name is not known. */
const char *acquire_rebuild(struct run *run, const struct python *python, const struct torch *torch,
			    const char *package);

/* Packages of conda-forge into the environment of this Python; words where it has no conda. */
struct acquired acquire_conda(struct run *run, const struct python *python, const char *packages);

struct acquired acquire_headers(struct run *run, const struct python *python); /* Python.h */
struct acquired
acquire_driver(struct run *run, const struct version *floor); /* floor: at least this one, or NULL */
struct acquired acquire_libclang(struct run *run);

/* What {acquire:torch} and its like in explain/causes.def stand for on this machine; NULL: nothing that is known. */
const char *acquire_word(struct run *run, const struct machine *machine, const char *word, size_t length);

#endif
