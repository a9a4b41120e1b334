/* fish: within single quotes only \ and ' are special. A variable whose name ends in PATH is a list, joined by ':' outside. */
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, value, "'", "\\'", "\\");
}

static const struct dialect dialect = {
	.set = "set -gx @N @V",
	.unset = "set -e @N",
	.prepend = "set -gx @N @V $@N",
	.once = "contains -- @V $@N; and test \"$CUENV_@N_SAVED\" = @M; or set -gx @N @V $@N",
	.left = "set -g @N @V",
	.quote = quote,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "fish", &dialect, changes, out);
}

const struct emitter emitter_fish = { "fish", "fish", false, render };
