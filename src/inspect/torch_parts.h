/* torch_parts.h: what the files torch*.c know of each other. Each fills its own fields of struct torch. */
#ifndef INSPECT_TORCH_PARTS_H
#define INSPECT_TORCH_PARTS_H

#include "base/run.h"
#include "cuenv.h"

/* How a torch was installed. */
struct torch_place {
	const struct python *python;
	const char *prefix;		/* the environment that it belongs to: python's prefix or base_prefix */
	const char *site;		/* the folder that holds torch/ */
	const char *info;		/* …/torch-2.5.1.dist-info or .egg-info; NULL when there is none */
	const char *finder;		/* the file of an editable install that names site, or NULL */
};

/* dir, lib_dir, include_dirs; false when this Python has no torch. */
bool torch_find(struct run *run, const struct python *python, struct torch_place *place, struct torch *torch);

/* The description of the installed torch, once its version is known; NULL when there is none. */
const char *torch_info(struct run *run, const struct torch_place *place, const char *version);

void torch_version(struct run *run, struct torch *torch);	/* version, cuda, hip */
void torch_abi(struct run *run, struct torch *torch);		/* cxx11_abi */
void torch_cxx_std(struct run *run, struct torch *torch);	/* cxx_std */
void torch_compilers(struct run *run, struct torch *torch);	/* gcc_min, clang_min */
void torch_archs(struct run *run, struct torch *torch);		/* archs */
void torch_cudart(struct run *run, const struct torch_place *place, struct torch *torch);	/* cudart_…, cuda */
void torch_cudnn(struct run *run, const struct torch_place *place, struct torch *torch);	/* cudnn */
void torch_origin(struct run *run, const struct torch_place *place, struct torch *torch);	/* origin */

/* The version of a package of the conda environment, out of conda-meta/NAME-VERSION-BUILD.json, and that file. */
const char *torch_conda(struct run *run, const struct torch_place *place, const char *name, const char **record);

#endif
