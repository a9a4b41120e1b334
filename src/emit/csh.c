/* csh and tcsh: ! is history even within quotes; every statement ends in ';', as eval joins lines. */
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, text_quote_sh(arena, value), "", "!", "\\");
}

static const struct dialect dialect = {
	.set = "setenv @N @V;",
	.unset = "unsetenv @N;",
	.prepend_path = "setenv @N @V:\"$@N\";",
	.left = "set @N = @V;",
	.venv = "set @N = @V;",
	.quote = quote,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "csh", &dialect, changes, out);
}

const struct emitter emitter_csh = { "csh", "csh, tcsh", false, render };
