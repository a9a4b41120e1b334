#define _GNU_SOURCE
#include "emit/generator.h"

#include <string.h>

#include "base/str.h"

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
generator_note(struct run *run, const struct generator *generator, const struct toolkit *toolkit)
{
	return str_format(&run->arena, GENERATOR_MARK " %s for CUDA %s; the next one overwrites it, unless this line is gone",
			  generator->name, version_text(&run->arena, &toolkit->version, 0));
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
