/*
 * A modulefile in Tcl, for Environment Modules 5.1 or newer and Lmod. pushenv gives back what setenv would only unset; but Lmod
 * 8.6, which runs Tcl in its own process, takes the new value for the one from before and leaves it there for good. Words are
 * bare, with a backslash before what Tcl reads. Lmod hands them on to Lua with backslashes that Lua reads again and with é as two
 * letters, so such a path is refused.
 */
#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	for (const char *at = value; *at; at++)
		if (*at == '\\' || (unsigned char)*at >= 0x80)
			return NULL;
	return *value ? text_enclose(arena, value, "", " \"'$[]{};#~*?", "\\") : "{}";
}

static const struct dialect dialect = {
	.set = "$set @N @V",
	.unset = "unsetenv @N",
	.prepend = "prepend-path @N @V",
	.quote = quote,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	if (!text_render(run, "modulefile", &dialect, changes, out))
		return false;
	*out = str_format(&run->arena, "#%%Module1.0\n"
			  "set set [expr {[info exists env(LMOD_VERSION)] ? \"setenv\" : \"pushenv\"}]\n%s", *out);
	return true;
}

const struct emitter emitter_modulefile = { "modulefile", "Environment Modules, Lmod (Tcl)", true, render };
