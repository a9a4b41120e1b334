#include "cli/roots.h"

#include <string.h>

#include "base/path.h"
#include "base/remember.h"
#include "base/str.h"
#include "base/trust.h"
#include "base/update.h"
#include "base/world.h"

struct change { const char *path; bool changed; };

static const char *
list_file(struct run *run)
{
	const char *file = config_file(run, "roots"), *why;

	if (!file)
		run_fail(run, "no place to keep the list of roots: set HOME or XDG_CONFIG_HOME to an absolute path");
	else if (!trust_path(run, file, &why))
		run_fail(run, "the list %s is not heeded: %s", file, why);
	return run->error ? NULL : file;
}

const char *
roots_path(struct run *run, const char *word)
{
	const char *path = path_clean(&run->arena, run->cwd, word);

	if (!*word)
		run_fail(run, "'' is no directory");
	for (const char *at = path; *at && !run->error; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			run_fail(run, "%s: a path with control characters cannot be kept in a list of lines", path);
	if (!run->error && strcmp(path, str_trim(&run->arena, path, strlen(path))) != 0)
		run_fail(run, "'%s': a path that ends with a blank cannot be kept in a list of lines", path);
	if (strstr(path, "/../") || str_ends(path, "/.."))
		path = world_real(run, path) ? world_real(run, path) : path;
	return run->error ? NULL : path;
}

/* A line names a path by the same text, or by another way to the same place. */
static bool
names(struct run *run, const char *line, const char *path)
{
	return strcmp(line, path) == 0 || (line[0] == '/' && str_same(world_real(run, line), path));
}

static const char *
with_line(struct run *run, const struct blob *old, void *context)
{
	struct change *change = context;
	const char *line;
	size_t at = 0, length;

	while (blob_line(old, &at, &line, &length))
		if (strcmp(str_trim(&run->arena, line, length), change->path) == 0)
			return NULL;
	change->changed = true;
	return str_format(&run->arena, "%.*s%s%s\n", (int)old->size, old->data,
			  old->size && old->data[old->size - 1] != '\n' ? "\n" : "", change->path);
}

static const char *
without_line(struct run *run, const struct blob *old, void *context)
{
	struct change *change = context;
	struct strings kept = { 0 };
	const char *line;
	size_t at = 0, length;

	while (blob_line(old, &at, &line, &length))
		if (names(run, str_trim(&run->arena, line, length), change->path))
			change->changed = true;
		else
			strings_add(&run->arena, &kept, str_format(&run->arena, "%.*s\n", (int)length, line));
	return change->changed ? strings_join(&run->arena, &kept, "") : NULL;
}

static bool
change_list(struct run *run, const char *path, const char *(*how)(struct run *, const struct blob *, void *), bool *changed)
{
	struct change change = { path, false };
	const char *file = list_file(run);

	if (!file)
		return false;
	if (!update_list(run, file, how, &change)) {
		if (!run->root[0])
			run->error = str_format(&run->arena, "%s; another place: export XDG_CONFIG_HOME=DIR", run->error);
		return false;
	}
	*changed = change.changed;
	return true;
}

bool
roots_add(struct run *run, const char *path, bool *changed)
{
	return change_list(run, path, with_line, changed);
}

bool
roots_remove(struct run *run, const char *path, bool *changed)
{
	return change_list(run, path, without_line, changed);
}
