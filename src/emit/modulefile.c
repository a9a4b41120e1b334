/*
 * A modulefile in Tcl, for Environment Modules 5.1 or newer and Lmod. pushenv gives back what setenv would only unset. Words
 * are bare, with a backslash before what Tcl reads.
 */
#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return *value ? text_enclose(arena, value, "", " \"'\\$[]{};#~*?", "\\") : "{}";
}

static const struct dialect dialect = {
	.set = "pushenv @N @V",
	.unset = "unsetenv @N",
	.prepend = "prepend-path @N @V",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	if (!text_render(run, "modulefile", &dialect, changes, out))
		return false;
	*out = str_format(&run->arena, "#%%Module1.0\n%s", *out);
	return true;
}

const struct emitter emitter_modulefile = { "modulefile", "Environment Modules, Lmod (Tcl)", true, render };
