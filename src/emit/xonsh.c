/*
 * xonsh: Python, but a variable whose name ends in PATH is a list whose elements are expanded (~, $NAME) when they are read.
 * So what is not a list is set as a plain text.
 */
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, value, "'", "\\'", "\\");
}

static const struct dialect dialect = {
	.set = "$@N = @V",
	.unset = "${...}.pop('@N', None)",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "xonsh", &dialect, changes, out);
}

const struct emitter emitter_xonsh = { "xonsh", "xonsh", false, render };
