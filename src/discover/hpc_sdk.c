/*
 * NVIDIA HPC SDK: <base>/Linux_<arch>/<YY.M>/cuda/<X.Y>, one toolkit for each CUDA in the bundle;
 * base is /opt/nvidia/hpc_sdk or what its module sets as NVHPC, and NVHPC_ROOT is
 * <base>/Linux_<arch>/<YY.M> (CMake logs of 21.7 to 24.5). Folders named by a year hold links to
 * the same.
 */
#include <ctype.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find_release(struct run *run, const struct source *source, struct leads *leads, const char *release)
{
	lead_versions(run, leads, source, path_join(&run->arena, release, "cuda"));
}

static void
find_base(struct run *run, const struct source *source, struct leads *leads, const char *base)
{
	struct strings systems = { 0 }, releases;

	world_list(run, base, &systems);
	for (size_t i = 0; i < systems.n; i++) {
		const char *system = path_join(&run->arena, base, systems.item[i]);

		if (!str_starts(systems.item[i], "Linux_") || !world_list(run, system, &releases))
			continue;
		for (size_t j = 0; j < releases.n; j++)
			if (isdigit((unsigned char)releases.item[j][0]))
				find_release(run, source, leads,
					     path_join(&run->arena, system, releases.item[j]));
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *base = run_env(run, "NVHPC"), *release = run_env(run, "NVHPC_ROOT");
	const char *cuda = run_env(run, "NVHPC_CUDA_HOME");

	if (cuda)
		lead_root(run, leads, source, cuda,
			  str_format(&run->arena, "NVHPC_CUDA_HOME=%s", cuda));
	if (release)
		find_release(run, source, leads, release);
	if (base && base[0] == '/')
		find_base(run, source, leads, base);
	find_base(run, source, leads, "/opt/nvidia/hpc_sdk");
}

const struct source source_hpc_sdk = { "hpc-sdk", "NVHPC, NVHPC_ROOT, /opt/nvidia/hpc_sdk", find };
