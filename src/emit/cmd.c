/*
 * cmd: a batch file; within double quotes all but % and the quote is itself, % is doubled, and a quote cannot be written. With
 * delayed expansion ! would be special too, so it is not written. Not run: checked as text only.
 */
#include <string.h>

#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return strpbrk(value, "\"!") ? NULL : text_enclose(arena, value, "", "%", "%");
}

static const struct dialect dialect = {
	.set = "set \"@N=@V\"",
	.unset = "set \"@N=\"",
	.prepend_path = "set \"@N=@V;%@N%\"",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "cmd", &dialect, changes, out);
}

const struct emitter emitter_cmd = { "cmd", "Windows batch file (not run)", false, render };
