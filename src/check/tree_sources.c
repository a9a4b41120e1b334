/*
 * Includes of THC/ and TH/, which torch lost in 1.11 and after, in the .cu and .cpp files below a folder. Only such a line
 * that stands under no #if is counted. Links are not followed, so there are no loops, and there is an end to files and depth.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "check/tree.h"

#define FILES_MAX 4000
#define DEPTH_MAX 10
#define FILE_MAX ((size_t)256 << 10)

static bool
is_source(const char *name)
{
	return str_ends(name, ".cu") || str_ends(name, ".cpp") || str_ends(name, ".cc");
}

static void
read_source(struct run *run, const char *file, struct profile *out)
{
	const char *line;
	size_t at = 0, length;
	struct blob text;
	char after[8];
	int depth = 0, number = 0;

	if (!world_find(run, file, 0, FILE_MAX, "include <TH", after, sizeof(after)) &&
	    !world_find(run, file, 0, FILE_MAX, "include \"TH", after, sizeof(after)))
		return;
	if (!world_read(run, file, FILE_MAX, &text))
		return;
	while (blob_line(&text, &at, &line, &length)) {
		size_t skip = 0;

		number++;
		while (skip < length && (line[skip] == ' ' || line[skip] == '\t'))
			skip++;
		line += skip, length -= skip;
		if (length > 3 && strncmp(line, "#if", 3) == 0)
			depth++;
		else if (length > 5 && strncmp(line, "#endif", 6) == 0)
			depth--;
		if (depth || length < 14 || strncmp(line, "#include", 8))
			continue;
		skip = 8 + strspn(line + 8, " \t\"<");
		if (strncmp(line + skip, "THC/", 4) == 0 || strncmp(line + skip, "TH/", 3) == 0) {
			strings_add(&run->arena, &out->removed, str_format(&run->arena, "%s:%d: %.*s", file, number,
				    length < 80 ? (int)length : 80, line));
			return;
		}
	}
}

static void
walk(struct run *run, const char *dir, int depth, int *left, struct profile *out)
{
	struct strings names = { 0 };

	world_list(run, dir, &names);
	for (size_t i = 0; i < names.n && *left > 0; i++) {
		const char *path = path_join(&run->arena, dir, names.item[i]), *link;

		--*left;
		if (names.item[i][0] == '.' || world_readlink(run, path, &link))
			continue;
		if (is_source(names.item[i]))
			read_source(run, path, out);
		else if (depth < DEPTH_MAX && world_is_dir(run, path))
			walk(run, path, depth + 1, left, out);
	}
}

void
tree_sources(struct run *run, const char *dir, struct profile *out)
{
	int left = FILES_MAX;

	walk(run, dir, 0, &left, out);
}
