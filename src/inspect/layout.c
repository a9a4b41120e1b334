/* What a layout is called, by the files that only it has. Nothing else depends on the name but what is said to people. */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/toolkit_parts.h"

static const struct { const char *name, *marker; } layouts[] = {
	{ "cudatoolkit-dev", "../../bin/cudatoolkit-dev-extra-args.json" },
	{ "conda", "conda-meta" },
	{ "spack", ".spack" },
	{ "easybuild", "easybuild" },
	{ "wheels", "cuda_runtime" },
	{ "jetson", "targets/aarch64-linux" },
	{ "gentoo", "bin/cuda-config" },
};

const char *
layout_name(struct run *run, const struct place *place)
{
	const char *root = place->root;

	if (strcmp(root, "/usr") == 0)
		return place->nvcc && !path_below(place->nvcc, "/usr/lib/nvidia-cuda-toolkit") ? "fedora" : "debian";
	if (path_below(root, "/nix/store"))
		return "nix";
	if (strstr(root, "/site-packages/nvidia/") || strstr(root, "/dist-packages/nvidia/"))
		return "wheels";
	if (strstr(root, "/Linux_") && strstr(root, "/cuda/"))
		return "hpc-sdk";
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		struct stat st;

		if (world_stat(run, path_join(&run->arena, root, layouts[i].marker), &st))
			return layouts[i].name;
	}
	return "nvidia";
}
