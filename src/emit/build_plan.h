/*
 * build_plan.h: what a build of an extension needs besides the switch: one compiler, architectures, a number of jobs, and
 * search paths without other toolkits. Read from files; nothing is run.
 */
#ifndef EMIT_BUILD_PLAN_H
#define EMIT_BUILD_PLAN_H

#include "build/compiler.h"

struct build_plan {
	struct compiler_variables compiler;	/* which lead to one that the toolkit accepts */
	const char *archs;		/* as TORCH_CUDA_ARCH_LIST; NULL: left to the build */
	struct changes changes;		/* MAX_JOBS and the search paths */
	struct strings said;		/* a sentence for each decision, at most six; with repairs nine */
};

/* archs: what was asked for, as build_archs_read gives it, or NULL. False with run->error when no compiler will do. */
bool build_plan(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *archs,
		struct build_plan *out);

/*
 * Adds to a plan what mends old packages: compilers that raise a -std below what torch's headers demand, a setuptools that
 * still has pkg_resources, switches by which packages build their CUDA part without a GPU.
 */
void build_repair(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const struct strings *program,
		  struct build_plan *plan);

/* "86, sm_90+PTX" → "8.6;9.0+PTX"; false with run->error, which names from, when a word is no architecture. */
bool build_archs_read(struct run *run, const char *list, const char *from, const char **out);

/* The files' own parts, each with its sentence. */
bool build_compiler(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct build_plan *plan);
void build_archs(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *asked,
		 struct build_plan *plan);
void build_jobs(struct run *run, int cores, struct build_plan *plan);
void build_scrub(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct build_plan *plan);

#endif
