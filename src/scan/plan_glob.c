/* Python's glob over the world: fnmatch(3) for each part of a path, "**" for folders below. Links to folders are not followed. */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/plan_python.h"

#define DEPTH_MAX 24
#define FOUND_MAX 20000

static void
match(struct run *run, const char *dir, const char *pattern, bool recursive, int depth, struct strings *out)
{
	size_t length = strcspn(pattern, "/");
	const char *part = str_copy(&run->arena, pattern, length), *rest = pattern[length] ? pattern + length + 1 : NULL, *link;
	bool many = recursive && str_same(part, "**") && rest;
	struct strings names = { 0 };

	if (depth > DEPTH_MAX || out->n >= FOUND_MAX)
		return;
	if (!strpbrk(part, "*?[")) {
		const char *path = path_join(&run->arena, dir, part);

		if (rest ? world_is_dir(run, path) : world_is_file(run, path)) {
			if (rest)
				match(run, path, rest, recursive, depth + 1, out);
			else
				strings_add_once(&run->arena, out, path);
		}
		return;
	}
	if (many)
		match(run, dir, rest, recursive, depth + 1, out);
	world_list(run, dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_join(&run->arena, dir, names.item[i]);

		if (names.item[i][0] == '.' || (!many && fnmatch(part, names.item[i], 0) != 0))
			continue;
		if (rest && world_is_dir(run, path) && !world_readlink(run, path, &link))
			match(run, path, many ? pattern : rest, recursive, depth + 1, out);
		else if (!rest && world_is_file(run, path))
			strings_add_once(&run->arena, out, path);
	}
}

void
setup_glob(struct run *run, const char *dir, const char *pattern, bool recursive, struct strings *out)
{
	if (pattern[0] == '/') {
		if (!path_below(pattern, dir))
			return;
		pattern += strlen(dir);
		pattern += strspn(pattern, "/");
	}
	while (strncmp(pattern, "./", 2) == 0)
		pattern += 2;
	match(run, dir, pattern, recursive, 0, out);
}
