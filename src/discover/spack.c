/*
 * Spack: cuda-<version>-<hash> two or three levels below an install tree
 * (opt/spack/<arch>/<compiler>/ up to 0.23, opt/spack/<platform>-<target>/ from 1.0). Trees are
 * $SPACK_ROOT/opt/spack, those that config.yaml moves elsewhere (root:) and those of upstreams.yaml
 * (install_tree:). Spack's own database is megabytes of JSON, so the folders are read instead.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find_tree(struct run *run, const struct source *source, struct leads *leads, const char *tree,
	  int depth)
{
	struct strings names = { 0 };

	world_list(run, tree, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_join(&run->arena, tree, names.item[i]);

		if (str_starts(names.item[i], "cuda-"))
			lead_root(run, leads, source, path, path);
		else if (depth > 0 && names.item[i][0] != '.' && !strchr(names.item[i], '@') &&
			 (depth == 2 || strncmp(names.item[i], "cuda", 4)))
			find_tree(run, source, leads, path, depth - 1);
	}
}

/* The paths behind "root:" and "install_tree:"; $spack is the only variable that such files hold in
 * practice. */
static void
find_config(struct run *run, const struct source *source, struct leads *leads, const char *root,
	    const char *file)
{
	struct blob text;
	const char *line;
	size_t at = 0, length;

	if (!world_read(run, file, 65536, &text))
		return;
	while (blob_line(&text, &at, &line, &length)) {
		const char *word = str_trim(&run->arena, line, length), *path;

		if (!str_starts(word, "root:") && !str_starts(word, "install_tree:"))
			continue;
		path = strchr(word, ':') + 1;
		path = str_trim(&run->arena, path, strlen(path));
		if (str_starts(path, "$spack/") && root)
			path = path_join(&run->arena, root, path + 7);
		if (path[0] == '/')
			find_tree(run, source, leads, path, 2);
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const files[] = { "config.yaml", "upstreams.yaml" };
	const char *given = run_env(run, "SPACK_ROOT"), *user = home_path(run, ".spack");
	const char *roots[] = { given, home_path(run, "spack"), "/opt/spack" };

	for (size_t i = given ? 0 : 1; i < (given ? 1 : sizeof(roots) / sizeof(roots[0])); i++) {
		if (!roots[i] || roots[i][0] != '/' || !world_is_dir(run, roots[i]))
			continue;
		find_tree(run, source, leads, path_join(&run->arena, roots[i], "opt/spack"), 2);
		for (size_t j = 0; j < 2; j++)
			find_config(run, source, leads, roots[i],
				    str_format(&run->arena, "%s/etc/spack/%s", roots[i], files[j]));
	}
	for (size_t j = 0; user && j < 2; j++)
		find_config(run, source, leads, given, path_join(&run->arena, user, files[j]));
}

const struct source source_spack = { "spack",
				     "SPACK_ROOT, ~/spack, /opt/spack and their install trees",
				     find };
