/*
 * /opt/cuda (Arch, Gentoo), /opt/cuda-X.Y (AUR, runfiles with --toolkitpath), /opt/cuda/X.Y
 * (sites), /opt/nvidia/cuda*, and
 * ~/cuda*, where people without root put it.
 */
#include <ctype.h>

#include "base/path.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *home = home_path(run, "");

	lead_children(run, leads, source, "/opt", "cuda");
	lead_children(run, leads, source, "/opt/nvidia", "cuda");
	if (world_is_dir(run, "/opt/cuda") && !world_is_dir(run, "/opt/cuda/bin"))
		lead_versions(run, leads, source, "/opt/cuda");
	if (home)
		lead_children(run, leads, source, home, "cuda");
}

const struct source source_opt = { "opt", "/opt/cuda*, /opt/nvidia/cuda*, ~/cuda*", find };
