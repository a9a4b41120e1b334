/*
 * One compiler for all who ask: torch compiles .cpp with CXX and gives CC to nvcc's -ccbin, CMake reads CUDAHOSTCXX, nvcc
 * NVCC_CCBIN. The bound is in the toolkit's crt/host_config.h. What the user named stays when it lies within it, then what
 * is called c++ here, else the newest that does.
 */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/build_plan.h"

static bool
accepts(const struct toolkit *toolkit, const struct compiler *compiler)
{
	return cxx_within(toolkit->gcc_max, toolkit->clang_max, compiler->is_clang, &compiler->version);
}

/* The compiler that a file is, under whatever name. */
static const struct compiler *
known(struct run *run, const struct machine *machine, const char *path)
{
	const char *real = path ? world_real(run, path) : NULL;

	for (size_t i = 0; real && i < machine->compilers.n; i++)
		if (strcmp(machine->compilers.item[i].real, real) == 0)
			return &machine->compilers.item[i];
	return NULL;
}

/* CXX may be "ccache g++-11 -B/x": the compiler among its words. */
static const struct compiler *
named(struct run *run, const struct machine *machine, const char *text)
{
	struct strings words = str_split(&run->arena, text, ' ');
	const struct compiler *found = NULL;

	for (size_t i = 0; i < words.n && !found; i++) {
		const char *word = words.item[i];

		if (word[0] && word[0] != '-')
			found = known(run, machine, strchr(word, '/') ? path_clean(&run->arena, run->cwd, word)
								      : world_on_path(run, word, 0));
	}
	return found;
}

static const struct compiler *
newest(const struct machine *machine, const struct toolkit *toolkit)
{
	for (size_t i = 0; i < machine->compilers.n; i++)
		if (accepts(toolkit, &machine->compilers.item[i]))
			return &machine->compilers.item[i];
	return NULL;
}

static const char *
says(struct run *run, const struct compiler *compiler)
{
	return str_format(&run->arena, "%s %s", compiler->is_clang ? "clang" : "GCC",
			  version_text(&run->arena, &compiler->version, 0));
}

static bool
refuse(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	const char *version = version_text(&run->arena, &toolkit->version, 2);

	if (!machine->compilers.n)
		return run_fail(run, "no C++ compiler is here; sudo apt install g++, or: conda create -p ~/gxx -c conda-forge "
				     "gxx=%d", toolkit->gcc_max ? toolkit->gcc_max : 13);
	return run_fail(run, "CUDA %s accepts GCC ≤ %d, clang ≤ %d: none is here; conda create -p ~/gxx -c conda-forge gxx=%d",
			version, toolkit->gcc_max, toolkit->clang_max, toolkit->gcc_max);
}

static void
take(struct run *run, const struct toolkit *toolkit, const struct compiler *taken, const struct compiler *instead,
     const char *from, struct build_plan *plan)
{
	const char *why = "";

	if (instead)
		why = str_format(&run->arena, ": %s (%s) is beyond CUDA %s's bound, %s %d", from, says(run, instead),
				 version_text(&run->arena, &toolkit->version, 2), instead->is_clang ? "clang" : "GCC",
				 instead->is_clang ? toolkit->clang_max : toolkit->gcc_max);
	plan->cxx = taken->path;
	plan->cc = cxx_c_sibling(run, taken->path);
	strings_add(&run->arena, &plan->said,
		    str_format(&run->arena, "compiler %s (%s)%s", taken->path, says(run, taken), why));
}

bool
build_compiler(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct build_plan *plan)
{
	const char *variable = run_env(run, "CXX"), *from = variable ? "CXX" : "the default";
	const struct compiler *usual = variable ? named(run, machine, variable) : NULL, *best;

	if (!variable)
		usual = known(run, machine, world_on_path(run, "c++", 0));
	if (!variable && !usual)
		usual = known(run, machine, world_on_path(run, "g++", 0));
	if (usual && accepts(toolkit, usual)) {
		take(run, toolkit, usual, NULL, from, plan);
		if (variable && strchr(variable, ' '))	/* ccache stays before it */
			*list_add(&run->arena, &plan->changes) = (struct change){ CHANGE_SET, "CXX", variable };
		return true;
	}
	best = newest(machine, toolkit);
	if (!best)
		return refuse(run, machine, toolkit);
	take(run, toolkit, best, usual, from, plan);
	return true;
}
