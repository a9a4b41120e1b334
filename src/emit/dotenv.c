/*
 * .env files: readers disagree on escapes, so a value is bare where all agree, else in single quotes, and one with a quote or
 * a backslash is refused; so is one with a dollar, which python-dotenv expands even within single quotes. PATH is said whole,
 * because not every reader expands ${PATH}. docker run --env-file takes quotes literally.
 */
#include <string.h>

#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:+-,";

	if (*value && strspn(value, safe) == strlen(value))
		return value;
	return strpbrk(value, "'\\$") ? NULL : str_format(arena, "'%s'", value);
}

static const struct dialect dialect = { .set = "@N=@V", .quote = quote, .unicode = true };

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "dotenv", &dialect, changes, out);
}

const struct emitter emitter_dotenv = { "dotenv", ".env file", true, render };
