/*
 * xonsh: Python, but a variable whose name ends in PATH is a list whose elements are expanded (~, $NAME) when they are read.
 * So a $NAME in such a value would be read back as another, and is refused; $( is not expanded.
 */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "emit/text.h"

static bool
is_expanded(const struct change *change)
{
	if (!change->value || !str_ends(change->name, "PATH"))
		return false;
	for (const char *at = change->value; (at = strchr(at, '$')); at++)
		if (at[1] == '{' || at[1] == '_' || isalnum((unsigned char)at[1]))
			return true;
	return false;
}

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, value, "'", "\\'", "\\");
}

static const struct dialect dialect = {
	.set = "$@N = @V",
	.unset = "${...}.pop('@N', None)",
	.left = "@N = @V",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	for (size_t i = 0; i < changes->n; i++)
		if (is_expanded(&changes->item[i]))
			return run_fail(run, "xonsh would expand the $ in %s, %s; rename that folder", changes->item[i].name,
					changes->item[i].value);
	return text_render(run, "xonsh", &dialect, changes, out);
}

const struct emitter emitter_xonsh = { "xonsh", "xonsh", false, render };
