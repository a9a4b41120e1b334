/* ld.so.conf as ldconfig reads it: a folder in each line, # begins a comment, include takes patterns (ldconfig(8)). */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/loader.h"

#define FILE_MAX ((size_t)64 << 10)
#define LINES_MAX 10000		/* of all files together, and files that are looked at; a system has some ten */

struct search {
	struct run *run;
	const char *folder, *real;
	int depth;
	size_t lines;
};

static const char *find_in(struct search *search, const char *file);

static bool
too_many(struct search *search, const char *file)
{
	if (++search->lines <= LINES_MAX)
		return false;
	if (search->lines == LINES_MAX + 1)
		run_left_out(search->run, file, str_format(&search->run->arena, "%d lines of ld.so.conf are read", LINES_MAX));
	return true;
}

static const char *
find_included(struct search *search, const char *pattern)
{
	struct arena *arena = &search->run->arena;
	const char *in = path_parent(arena, pattern);
	struct strings names = { 0 };
	const char *found = NULL;

	world_list(search->run, in, &names);
	for (size_t i = 0; !found && i < names.n && !too_many(search, pattern); i++)
		if (fnmatch(path_name(pattern), names.item[i], FNM_PERIOD) == 0)
			found = find_in(search, path_join(arena, in, names.item[i]));
	return found;
}

static bool
is_wanted(const struct search *search, const char *folder)
{
	return str_same(path_clean(&search->run->arena, "/", folder), search->folder) ||
	       (search->real && str_same(world_real(search->run, folder), search->real));
}

static const char *
find_in(struct search *search, const char *file)
{
	struct arena *arena = &search->run->arena;
	struct blob text = { 0 };
	const char *line, *found = NULL;
	size_t at = 0, length;

	if (search->depth > 8 || !world_read(search->run, file, FILE_MAX, &text))
		return NULL;
	search->depth++;
	while (!found && blob_line(&text, &at, &line, &length) && !too_many(search, file)) {
		const char *word = str_trim(arena, line, strcspn(line, "#\n") < length ? strcspn(line, "#\n") : length);

		if (str_starts(word, "include ") || str_starts(word, "include\t"))
			found = find_included(search, path_clean(arena, path_parent(arena, file),
								 str_trim(arena, word + 8, strlen(word + 8))));
		else if (word[0] == '/' && is_wanted(search, word))
			found = file;
	}
	search->depth--;
	return found;
}

const char *
loader_conf(struct run *run, const char *folder)
{
	struct search search = { .run = run, .folder = folder, .real = world_real(run, folder) };

	return find_in(&search, "/etc/ld.so.conf");
}
