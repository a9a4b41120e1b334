/* A modulefile in Lua, for Lmod: pushenv gives back what was there. */
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, value, "\"", "\"\\", "\\");
}

static const struct dialect dialect = {
	.set = "pushenv(\"@N\", @V)",
	.unset = "unsetenv(\"@N\")",
	.prepend = "prepend_path(\"@N\", @V)",
	.quote = quote,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "lua", &dialect, changes, out);
}

const struct emitter emitter_lua = { "lua", "Lmod modulefile", true, render };
