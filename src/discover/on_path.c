/* Every nvcc on PATH, in PATH's order: programs, links and scripts; the inspector tells them apart. */
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *nvcc;

	for (int i = 0; (nvcc = world_on_path(run, "nvcc", i)); i++)
		lead_nvcc(run, leads, source, nvcc, nvcc);
}

const struct source source_on_path = { "PATH", "every nvcc on PATH", find };
