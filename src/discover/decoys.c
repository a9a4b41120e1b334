/*
 * Things that look like a toolkit, which people and other programs take for one, and which are
 * none. Nothing is found here: only
 * --why gets a line for each, so that nobody wonders why it was passed over.
 */
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
tell(struct run *run, const struct source *source, const char *path, const char *why)
{
	if (path && world_is_file(run, path))
		run_trace(run, source->name, path, why);
}

static void
tell_files(struct run *run, const struct source *source)
{
	tell(run, source, "/usr/include/linux/cuda.h",
	     "is of Linux for Macintosh (the Cuda power chip), not NVIDIA's");
	tell(run, source, "/usr/lib/cuda/include/cuda.h",
	     "is in Debian's placeholder for XLA and clang: its bin and lib64 are empty");
}

/* Unpacked packages in conda's cache hold complete trees with nvcc. */
static void
tell_caches(struct run *run, const struct source *source)
{
	struct strings prefixes = conda_prefixes(run), packages;

	for (size_t i = 0; i < prefixes.n; i++) {
		const char *cache = path_join(&run->arena, prefixes.item[i], "pkgs");

		if (!world_list(run, cache, &packages))
			continue;
		for (size_t j = 0; j < packages.n; j++)
			if (str_starts(packages.item[j], "cuda"))
				tell(run, source,
				     str_format(&run->arena, "%s/%s/info/index.json", cache,
						packages.item[j]),
				     "marks an unpacked package in conda's cache: no place to "
				     "build from");
	}
}

/* Bazel's hermetic CUDA: one folder for each part, and a version.txt that holds only the major. */
static void
tell_bazel(struct run *run, const struct source *source)
{
	const char *user = run_env(run, "USER"), *home = home_path(run, ".cache/bazel");
	struct strings bases = { 0 };
	const char *root =
		str_format(&run->arena, "%s/_bazel_%s", home ? home : "", user ? user : "root");

	world_list(run, root, &bases);
	for (size_t i = 0; i < bases.n; i++)
		tell(run, source,
		     str_format(&run->arena, "%s/%s/external/cuda_nvcc/bin/nvcc", root,
				bases.item[i]),
		     "is one part of Bazel's hermetic CUDA: the headers are in another");
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	(void)leads;
	if (!run->tracing)
		return;
	tell_files(run, source);
	tell_caches(run, source);
	tell_bazel(run, source);
}

const struct source source_decoys = { "decoys", "what looks like a toolkit and is none, for --why",
				      find };
