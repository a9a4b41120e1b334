/*
 * NVIDIA's .pc files (cuda-12.4.pc, cudart-12.4.pc: cudaroot=…; Debian's and Arch's cuda.pc:
 * prefix=…), read by libpkgconf from text that comes through world.h, so that another root's files
 * are never mixed with this machine's. The user's own PKG_CONFIG_PATH is listed; of the system's
 * directories only small ones are, because every development package is in them.
 */
#include <string.h>

#include "base/path.h"
#include "base/pc.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

#define LONGEST 1024 /* of a path; a variable may double with each line */
#define SMALL 4096   /* st_size of a directory with few names, on every common file system */

static void
read_file(struct run *run, const struct source *source, struct leads *leads, const char *file)
{
	static const char *const names[] = { "cudaroot", "prefix" };
	struct pc pc = { 0 };
	bool is_pc = pc_read(run, file, &pc);

	for (size_t i = 0; is_pc && i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = pc_value(&pc, names[i]);

		if (value && value[0] == '/' && strlen(value) <= LONGEST) {
			lead_root(run, leads, source, value, file);
			return;
		}
	}
	run_trace(run, source->name, file, "names no cudaroot and no prefix");
}

/* One file tells for all of a toolkit: cuda*.pc; cudart-*.pc where only parts were installed. */
static void
read_directory(struct run *run, const struct source *source, struct leads *leads,
	       const char *directory)
{
	struct strings names = { 0 };

	world_list(run, directory, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends(names.item[i], ".pc") &&
		    (strcmp(names.item[i], "cuda.pc") == 0 || str_starts(names.item[i], "cuda-") ||
		     str_starts(names.item[i], "cudart")))
			read_file(run, source, leads,
				  path_join(&run->arena, directory, names.item[i]));
}

/* Where NVIDIA's own packages put theirs, beside little else. */
static void
read_small(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const small[] = { "/usr/lib/pkgconfig", "/usr/local/lib/pkgconfig" };
	struct stat st;

	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++)
		if (world_stat(run, small[i], &st) && st.st_size <= SMALL)
			read_directory(run, source, leads, small[i]);
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const usual[] = { "/usr/lib/x86_64-linux-gnu/pkgconfig/cuda.pc",
					     "/usr/lib/aarch64-linux-gnu/pkgconfig/cuda.pc",
					     "/usr/lib64/pkgconfig/cuda.pc",
					     "/usr/lib/pkgconfig/cuda.pc" };
	const char *path = run_env(run, "PKG_CONFIG_PATH");
	struct strings own = str_split(&run->arena, path ? path : "", ':');

	for (size_t i = 0; i < own.n; i++)
		if (own.item[i][0] == '/')
			read_directory(run, source, leads, own.item[i]);
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (world_is_file(run, usual[i]))
			read_file(run, source, leads, usual[i]);
	read_small(run, source, leads);
}

const struct source source_pkgconf = { "pkg-config",
				       "cuda*.pc in PKG_CONFIG_PATH and the system's directories",
				       find };
