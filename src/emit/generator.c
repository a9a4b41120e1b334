#define _GNU_SOURCE
#include "emit/generator.h"

#include <string.h>

#include "base/path.h"
#include "base/utf8.h"
#include "base/world.h"

#define MARKED_LINES 8	/* a modulefile's first line is its own, and JSON has the mark in a value */

#define GENERATOR(id) extern const struct generator generator_##id;
#include "emit/generators.def"
#undef GENERATOR

const struct generator *const generators[] = {
#define GENERATOR(id) &generator_##id,
#include "emit/generators.def"
#undef GENERATOR
};
const int generator_count = (int)(sizeof(generators) / sizeof(generators[0]));

const struct generator *
generator_find(const char *name)
{
	for (int i = 0; i < generator_count; i++)
		if (str_same(generators[i]->name, name))
			return generators[i];
	return NULL;
}

const char *
generator_note(struct run *run, const char *name, const struct toolkit *toolkit)
{
	return str_format(&run->arena, GENERATOR_MARK " %s for CUDA %s; to keep your changes, take this line out", name,
			  version_text(&run->arena, &toolkit->version, 0));
}

bool
generator_made(const struct blob *text)
{
	const char *line;
	size_t at = 0, length;

	for (int i = 0; i < MARKED_LINES && blob_line(text, &at, &line, &length); i++)
		if (memmem(line, length, GENERATOR_MARK, sizeof(GENERATOR_MARK) - 1))
			return true;
	return false;
}

bool
generator_holds(struct run *run, const char *name, const char *path, const char *not, bool unicode)
{
	for (const char *at = path; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			return run_fail(run, "%s: a file of that kind cannot hold the control character in %s; rename that folder",
					name, path);
		if (strchr(not, *at))
			return run_fail(run, "%s: a file of that kind cannot hold the '%c' in %s; rename that folder", name, *at,
					path);
	}
	if (unicode && !utf8_valid(path))
		return run_fail(run, "%s: %s is not UTF-8, as a file of that kind has to be; rename that folder", name, path);
	return true;
}

const char *
generator_below(struct run *run, const struct toolkit *toolkit, const char *path, const char *root)
{
	return path_below(path, toolkit->root) ? str_format(&run->arena, "%s%s", root, path + strlen(toolkit->root)) : path;
}

const char *
generator_up(struct run *run, const struct blueprint *from)
{
	const char *folder = from->folder ? world_real(run, from->folder) : NULL, *up = "..";

	if (!folder)
		folder = from->folder;
	if (!folder || !path_below(folder, from->toolkit->root) || str_same(folder, from->toolkit->root) ||
	    strstr(folder, "/../"))
		return NULL;
	for (const char *at = folder + strlen(from->toolkit->root) + 1; (at = strchr(at, '/')); at++)
		up = path_join(&run->arena, up, "..");
	return up;
}

void
generator_add(struct run *run, struct sheets *sheets, const char *name, const char *text)
{
	*list_add(&run->arena, sheets) = (struct sheet){ name, text };
}

const char *
generator_fill(struct run *run, const char *template, const struct blank *blanks)
{
	struct strings parts = { 0 };
	const char *at;

	while ((at = strchr(template, '@'))) {
		const struct blank *blank = blanks;
		size_t length = strcspn(at + 1, "@");

		while (blank->key && (!at[1 + length] || strlen(blank->key) != length ||
				      memcmp(blank->key, at + 1, length) != 0))
			blank++;
		strings_add(&run->arena, &parts, str_copy(&run->arena, template, (size_t)(at - template)));
		strings_add(&run->arena, &parts, blank->key ? blank->value : "@");
		template = at + (blank->key ? length + 2 : 1);
	}
	strings_add(&run->arena, &parts, template);
	return strings_join(&run->arena, &parts, "");
}
