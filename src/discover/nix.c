/*
 * Nix: whole toolkits in the store are <hash>-cudatoolkit-11.8.0 (from the runfile) and
 * <hash>-cuda-merged-12.8 (all outputs joined by links); a lone cuda_nvcc has neither headers nor
 * libraries. Profiles link to one of them (nixpkgs sources).
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

#define HASH 33 /* 32 letters and a dash */

static const char *
other_output(const char *name)
{
	static const char *const ends[] = { "-lib", "-doc",  ".drv",   ".tar.gz",
					    ".run", ".lock", ".patch", ".sh" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends(name, ends[i]))
			return ends[i];
	return NULL;
}

static void
take(struct run *run, const struct source *source, struct leads *leads, const char *entry)
{
	const char *name = strlen(entry) > HASH ? entry + HASH : "", *path;

	if (!strstr(name, "cud"))
		return;
	path = path_join(&run->arena, "/nix/store", entry);
	if (other_output(name))
		return;
	if (str_starts(name, "cudatoolkit-") || str_starts(name, "cuda-merged-"))
		lead_root(run, leads, source, path, path);
	else if (strstr(name, "cuda_nvcc-"))
		run_trace(run, source->name, path,
			  "is nvcc alone: its headers and libraries are other store paths");
}

static void
find_profiles(struct run *run, const struct source *source, struct leads *leads)
{
	const char *profiles[] = { home_path(run, ".nix-profile"),
				   home_path(run, ".local/state/nix/profile"),
				   "/run/current-system/sw", "/nix/var/nix/profiles/default" };

	for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
		const char *nvcc =
			profiles[i] ? path_join(&run->arena, profiles[i], "bin/nvcc") : NULL;

		if (nvcc && world_is_program(run, nvcc))
			lead_nvcc(run, leads, source, nvcc, nvcc);
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	struct strings entries = { 0 };

	if (!world_is_dir(run, "/nix/store"))
		return;
	find_profiles(run, source, leads);
	world_list(run, "/nix/store", &entries);
	for (size_t i = 0; i < entries.n; i++)
		take(run, source, leads, entries.item[i]);
}

const struct source source_nix = { "nix", "whole toolkits in /nix/store, and profiles", find };
