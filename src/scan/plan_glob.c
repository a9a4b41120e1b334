/* Python's glob over the world: fnmatch(3) for each part of a path, "**" for folders below. Links to folders are not followed. */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/plan_python.h"

#define DEPTH_MAX 24
#define FOUND_MAX 20000
#define LOOKS_MAX 20000

struct globbing { struct run *run; bool recursive; int *looks; struct strings *out; };

static void match(struct globbing *g, const char *dir, const char *pattern, int depth);

/* A part without a pattern: no need to read the folder. */
static void
match_plain(struct globbing *g, const char *path, const char *rest, int depth)
{
	if (rest && world_is_dir(g->run, path))
		match(g, path, rest, depth + 1);
	else if (!rest && world_is_file(g->run, path))
		strings_add_once(&g->run->arena, g->out, path);
}

static void
match(struct globbing *g, const char *dir, const char *pattern, int depth)
{
	size_t length = strcspn(pattern, "/");
	const char *part = str_copy(&g->run->arena, pattern, length), *rest = pattern[length] ? pattern + length + 1 : NULL, *link;
	bool many = g->recursive && str_same(part, "**") && rest;
	struct strings names = { 0 };

	if (depth > DEPTH_MAX || g->out->n >= FOUND_MAX || ++*g->looks > LOOKS_MAX)
		return;
	if (!strpbrk(part, "*?[")) {
		match_plain(g, path_join(&g->run->arena, dir, part), rest, depth);
		return;
	}
	if (many)
		match(g, dir, rest, depth + 1);
	world_list(g->run, dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_join(&g->run->arena, dir, names.item[i]);

		if (names.item[i][0] == '.' || (!many && fnmatch(part, names.item[i], 0) != 0))
			continue;
		if (rest && world_is_dir(g->run, path) && !world_readlink(g->run, path, &link))
			match(g, path, many ? pattern : rest, depth + 1);
		else if (!rest && world_is_file(g->run, path))
			strings_add_once(&g->run->arena, g->out, path);
	}
}

void
setup_glob(struct run *run, const char *dir, const char *pattern, bool recursive, int *looks, struct strings *out)
{
	struct globbing globbing = { run, recursive, looks, out };

	if (pattern[0] == '/') {
		if (!path_below(pattern, dir))
			return;
		pattern += strlen(dir);
		pattern += strspn(pattern, "/");
	}
	while (strncmp(pattern, "./", 2) == 0)
		pattern += 2;
	match(&globbing, dir, pattern, 0);
}
