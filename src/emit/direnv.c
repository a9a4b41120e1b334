/*
 * direnv's .envrc, read by bash; direnv gives all back when the folder is left. Its path_add hangs on a path with brackets, and
 * what is not UTF-8 comes out of it as something else.
 */
#include "emit/text.h"

static const struct dialect dialect = {
	.set = "export @N=@V",
	.unset = "unset @N",
	.prepend = "export @N=@V\"${@N:+:$@N}\"",
	.quote = text_quote_sh,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "direnv", &dialect, changes, out);
}

const struct emitter emitter_direnv = { "direnv", "direnv's .envrc", true, render };
