/*
 * Every nvcc on PATH, in PATH's order: programs, links and scripts; the inspector tells them apart.
 * Which one comes first is what `which nvcc` says, and torch takes the folder above it
 * (torch.utils.cpp_extension._find_cuda_home).
 */
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

/* A dead link called nvcc is what a half-removed toolkit leaves behind; the shell silently walks
 * past it. */
static void
trace_dangling(struct run *run, const struct source *source)
{
	struct strings dirs =
		str_split(&run->arena, run_env(run, "PATH") ? run_env(run, "PATH") : "", ':');
	const char *target;
	struct stat st;

	for (size_t i = 0; i < dirs.n; i++) {
		const char *nvcc = path_join(&run->arena, dirs.item[i], "nvcc");

		if (dirs.item[i][0] == '/' && !world_stat(run, nvcc, &st) &&
		    world_readlink(run, nvcc, &target))
			run_trace(run, source->name, nvcc,
				  str_format(&run->arena, "is a dangling link to %s", target));
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	struct strings found = programs_on_path(run, "nvcc");

	for (size_t i = 0; i < found.n; i++)
		lead_nvcc(run, leads, source, found.item[i], found.item[i]);
	if (run->tracing)
		trace_dangling(run, source);
}

const struct source source_on_path = { "PATH", "every nvcc on PATH", find };
