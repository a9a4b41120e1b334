/* direnv's .envrc, read by bash; its path_add prepends, and direnv gives all back when the folder is left. */
#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	struct strings parts = str_split(arena, value, '\'');

	return str_format(arena, "'%s'", strings_join(arena, &parts, "'\\''"));
}

static const struct dialect dialect = { .set = "export @N=@V", .unset = "unset @N", .prepend = "path_add @N @V", .quote = quote };

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "direnv", &dialect, changes, out);
}

const struct emitter emitter_direnv = { "direnv", "direnv's .envrc", true, render };
