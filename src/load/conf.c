/* ld.so.conf as ldconfig reads it: a folder in each line, # begins a comment, include takes patterns (ldconfig(8)). */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/loader.h"

static const char *find_in(struct run *run, const char *file, const char *folder, int depth);

static const char *
find_included(struct run *run, const char *pattern, const char *folder, int depth)
{
	const char *in = path_parent(&run->arena, pattern);
	struct strings names = { 0 };
	const char *found = NULL;

	world_list(run, in, &names);
	for (size_t i = 0; !found && i < names.n; i++)
		if (fnmatch(path_name(pattern), names.item[i], FNM_PERIOD) == 0)
			found = find_in(run, path_join(&run->arena, in, names.item[i]), folder, depth + 1);
	return found;
}

static bool
same_folder(struct run *run, const char *a, const char *b)
{
	return str_same(path_clean(&run->arena, "/", a), b) || str_same(world_real(run, a), world_real(run, b));
}

static const char *
find_in(struct run *run, const char *file, const char *folder, int depth)
{
	struct blob text = { 0 };
	const char *line, *found = NULL;
	size_t at = 0, length;

	if (depth > 8 || !world_read(run, file, 1 << 16, &text))
		return NULL;
	while (!found && blob_line(&text, &at, &line, &length)) {
		const char *word = str_trim(&run->arena, line, strcspn(line, "#\n") < length ? strcspn(line, "#\n") : length);

		if (str_starts(word, "include ") || str_starts(word, "include\t"))
			found = find_included(run, path_clean(&run->arena, path_parent(&run->arena, file),
							      str_trim(&run->arena, word + 8, strlen(word + 8))), folder, depth);
		else if (word[0] == '/' && same_folder(run, word, folder))
			found = file;
	}
	return found;
}

const char *
loader_conf(struct run *run, const char *folder)
{
	return find_in(run, "/etc/ld.so.conf", folder, 0);
}
