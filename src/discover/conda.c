/*
 * What CUDA a conda environment holds: cudatoolkit-dev unpacks a runfile in pkgs/cuda-toolkit; the
 * nvidia channel and conda-forge put nvcc in bin/; cudatoolkit and pytorch-cuda only libraries in
 * lib/ (recipes of the feedstocks). The folder pkgs/ of an installation is its cache of unpacked
 * packages, none of them a toolkit.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static bool
has_runtime(struct run *run, const char *prefix)
{
	static const char *const names[] = { "libcudart.so", "libcudart.so.13", "libcudart.so.12",
					     "libcudart.so.11.0", "libcudart.so.10.2",
					     "libcudart.so.10.1", "libcudart.so.10.0",
					     "libcudart.so.9.2",  "libcudart.so.9.0" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (world_is_file(run, str_format(&run->arena, "%s/lib/%s", prefix, names[i])))
			return true;
	return false;
}

/* An nvcc of the environment's own: a link into pkgs/cuda-toolkit is not, a dangling one is worth a
 * word. */
static bool
has_nvcc(struct run *run, const struct source *source, const char *prefix, bool unpacked)
{
	const char *nvcc = path_join(&run->arena, prefix, "bin/nvcc"), *target = "";
	bool link = world_readlink(run, nvcc, &target);

	if (link && !world_is_file(run, nvcc)) {
		run_trace(run, source->name, nvcc,
			  str_format(&run->arena,
				     "is a dangling link to %s: install cudatoolkit-dev again",
				     target));
		return false;
	}
	return link ? !(unpacked && strstr(target, "pkgs/cuda-toolkit")) : world_is_file(run, nvcc);
}

static void
find_wheels(struct run *run, struct leads *leads, const char *prefix)
{
	const char *python = world_real(run, path_join(&run->arena, prefix, "bin/python3"));

	if (python)
		lead_wheels(run, leads,
			    str_format(&run->arena, "%s/lib/%s/site-packages", prefix,
				       path_name(python)));
}

static void
find_prefix(struct run *run, const struct source *source, struct leads *leads, const char *prefix)
{
	const char *unpacked = path_join(&run->arena, prefix, "pkgs/cuda-toolkit");
	bool has_unpacked;

	if (!world_is_dir(run, path_join(&run->arena, prefix, "conda-meta")))
		return;
	has_unpacked = world_is_dir(run, unpacked);
	if (has_unpacked)
		lead_root(run, leads, source, unpacked, unpacked);
	if (has_nvcc(run, source, prefix, has_unpacked) ||
	    (!has_unpacked && has_runtime(run, prefix)))
		lead_root(run, leads, source, prefix, prefix);
	find_wheels(run, leads, prefix);
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	struct strings prefixes = conda_prefixes(run);

	for (size_t i = 0; i < prefixes.n; i++)
		if (!i || strcmp(prefixes.item[i], prefixes.item[i - 1]))
			find_prefix(run, source, leads, prefixes.item[i]);
}

const struct source source_conda = { "conda", "all of a user's conda, mamba and pixi environments",
				     find };
