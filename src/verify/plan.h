/* plan.h: what will be built, with what; made before anything is compiled and shared by verify's own files. */
#ifndef VERIFY_PLAN_H
#define VERIFY_PLAN_H

#include "base/finding.h"
#include "base/program.h"
#include "base/run.h"
#include "base/str.h"
#include "check/recipe.h"
#include "cuenv.h"
#include "verify/verify.h"

#define MODULE "cuenv_sample"

/* One of the two compilers of a build: the one for .cpp, and the one that nvcc calls. */
struct host {
	struct strings words;	/* how it is called: "ccache", "g++" */
	const char *path;	/* the program found for the last word that is none of an option; NULL: none */
	const char *from;	/* who chose it: "--cxx", "CXX", "CC", "the default", "cuenv" */
	bool is_clang;
	struct version version;
};

struct plan {
	const struct machine *machine;
	const struct wish *wish;
	const struct toolkit *toolkit;
	const struct torch *torch;
	const struct python *python;
	struct recipe recipe;
	struct strings pybind;		/* recipe_pybind, where this torch passes it */
	struct host cxx, nvcc_host;
	bool pass_ccbin;		/* whether -ccbin is given: CC is set, or another compiler than nvcc's own was chosen */
	const char *variables;		/* "CXX=g++-11 CC=gcc-11" when a real build needs it, else NULL */
	struct strings can;		/* architectures that nvcc compiles for, as numbers: "80", "90a" */
	struct strings archs;		/* what is built: "sm_80", "compute_90" */
	const char *archs_from;		/* "--arch", "TORCH_CUDA_ARCH_LIST", … */
	const char *cc1plus;		/* the C++ compiler proper behind cxx, or NULL */
	const char *dir;		/* the build folder */
	struct strings rests_on;	/* files whose change makes the verdict void */
	bool unsure;			/* something failed in a way that says nothing about the set-up */
	bool certain;			/* a foreseen finding says no, whatever a build shows */
	bool blocked;			/* a foreseen finding says that nothing can be compiled */
};

/* Adds all words; a NULL is none. */
#define words_add(run, list, ...) strings_add_some(&(run)->arena, list, TEXTS(__VA_ARGS__))

/* ask.c: sets plan->can, nvcc_host and cxx from what nvcc and CXX say; false with run->error when nothing can be run. */
bool ask_compilers(struct run *run, struct plan *plan, struct findings *findings);

/* host.c: settles which two compilers are used, with findings where the toolkit does not accept them. */
bool host_settle(struct run *run, struct plan *plan, struct findings *findings);
void host_set(struct run *run, struct host *host, const char *text, const char *from);	/* text: "ccache g++" */
const char *host_says(struct run *run, const struct host *host);	/* "g++-12 (12.2.0)" */
const struct compiler *host_best(struct run *run, const struct plan *plan);	/* what a build here should take, or NULL */

/* archs.c */
bool archs_settle(struct run *run, struct plan *plan, struct findings *findings);

/* foresee.c: what is certain before a build. */
void foresee(struct run *run, struct plan *plan, struct facts *facts, struct findings *findings);
const char *foresee_toolkit(struct run *run, const struct plan *plan);	/* the command that leads to one that fits torch */

/* build.c: the programs of a step, as torch would call them. */
struct program build_cuda(struct run *run, const struct plan *plan);
struct program build_cxx(struct run *run, const struct plan *plan);
struct program build_link(struct run *run, const struct plan *plan);
/* The words by which torch calls nvcc: PYTORCH_NVCC where it heeds that, perhaps "ccache nvcc", else the toolkit's own. */
const char *build_nvcc_named(struct run *run, const struct plan *plan);	/* PYTORCH_NVCC, or NULL */
void build_nvcc(struct run *run, const struct plan *plan, struct strings *words);
/* What every compiler gets: a folder for temporary files that will be removed, and messages that we can read. */
void build_surroundings(struct run *run, const struct plan *plan, struct program *program);

/* explain.c: what a failed program meant; adds one finding. unsure is set when it says nothing about the set-up. */
void explain(struct run *run, const struct plan *plan, const char *step, const struct outcome *outcome,
	     const char *log, struct findings *findings, bool *unsure);

/* taken.c: whose headers and libraries were really taken. */
void taken_headers(struct run *run, struct plan *plan, struct facts *facts, struct findings *findings);
void taken_libraries(struct run *run, struct plan *plan, const struct outcome *link, struct facts *facts,
		     struct findings *findings);

/* The variables among names that are set, as evidence; and the command that clears them, or NULL. */
const char *taken_blame(struct run *run, const char *const *names, size_t n, struct strings *evidence);

/* load.c */
struct program load_program(struct run *run, const struct plan *plan);
void load_read(struct run *run, struct plan *plan, const struct outcome *outcome, struct verdict *verdict);

/* cache.c */
bool cache_find(struct run *run, const struct plan *plan, struct verdict *out);
void cache_keep(struct run *run, const struct plan *plan, const struct verdict *verdict);

#endif
