/* Python's glob over the world: fnmatch(3) for each part of a path, "**" for folders below. Links to folders are not followed. */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/plan_python.h"

#define DEPTH_MAX 24
#define NAME_STEPS 32		/* what a name in a folder costs: half a million in all */

struct globbing { struct reading_setup *r; struct run *run; bool recursive; struct names *out; };

static void match(struct globbing *g, const char *dir, const char *pattern, int depth);

/* A part without a pattern: no need to read the folder. */
static void
match_plain(struct globbing *g, const char *path, const char *rest, int depth)
{
	if (rest && world_is_dir(g->run, path))
		match(g, path, rest, depth + 1);
	else if (!rest && world_is_file(g->run, path))
		names_add(&g->run->arena, g->out, path);
}

/* many: the part is "**" and stands before others, so that pattern goes on in each folder below. */
static void
match_name(struct globbing *g, const char *path, const char *pattern, const char *rest, bool many, int depth)
{
	const char *link;

	if (rest && world_is_dir(g->run, path) && !world_readlink(g->run, path, &link))
		match(g, path, many ? pattern : rest, depth + 1);
	else if (!rest && world_is_file(g->run, path))
		names_add(&g->run->arena, g->out, path);
}

static void
match(struct globbing *g, const char *dir, const char *pattern, int depth)
{
	size_t length = strcspn(pattern, "/");
	const char *part = str_copy(&g->run->arena, pattern, length), *rest = pattern[length] ? pattern + length + 1 : NULL;
	bool many = g->recursive && str_same(part, "**") && rest;
	struct strings names = { 0 };

	if (depth > DEPTH_MAX || !setup_spend(g->r, SETUP_STEP))
		return;
	if (!strpbrk(part, "*?[")) {
		match_plain(g, path_join(&g->run->arena, dir, part), rest, depth);
		return;
	}
	while (many && str_starts(rest, "**/"))	/* which says the same once more */
		rest += 3;
	if (many)
		match(g, dir, rest, depth + 1);
	world_list(g->run, dir, &names);
	for (size_t i = 0; i < names.n && setup_spend(g->r, NAME_STEPS); i++)
		if (names.item[i][0] != '.' && (many || fnmatch(part, names.item[i], 0) == 0))
			match_name(g, path_join(&g->run->arena, dir, names.item[i]), pattern, rest, many, depth);
}

void
setup_glob(struct reading_setup *r, const char *pattern, bool recursive, struct names *out)
{
	struct globbing globbing = { r, r->run, recursive, out };

	if (pattern[0] == '/') {
		if (!path_below(pattern, r->dir))
			return;
		pattern += strlen(r->dir);
		pattern += strspn(pattern, "/");
	}
	while (strncmp(pattern, "./", 2) == 0)
		pattern += 2;
	match(&globbing, r->dir, pattern, 0);
}
