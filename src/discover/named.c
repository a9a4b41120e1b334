/* The toolkits that the command line names by their paths: a root, or an nvcc. */
#include "base/path.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	struct stat st;

	for (size_t i = 0; i < run->named.n; i++) {
		const char *path = path_clean(&run->arena, run->cwd, run->named.item[i]);

		if (world_stat(run, path, &st) && S_ISREG(st.st_mode))
			lead_nvcc(run, leads, source, path, path);
		else
			lead_root(run, leads, source, path, path);
	}
}

const struct source source_named = { "named", "a path given as SPEC", find };
