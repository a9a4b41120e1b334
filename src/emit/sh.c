/*
 * POSIX shells: within single quotes all bytes are themselves, and a quote is written '\''. Measured in dash, bash, zsh, ksh93
 * and mksh. A venv's _OLD_VIRTUAL_PATH is a variable of the shell alone, so the shell itself is told how to change it.
 */
#include "emit/text.h"

static const struct dialect dialect = {
	.set = "export @N=@V",
	.unset = "unset @N",
	.prepend = "export @N=@V\"${@N:+:$@N}\"",
	.inner_prepend = "[ -z \"${@N-}\" ] || @N=@V:$@N",
	.inner_remove = TEXT_REMOVE_SH,
	.quote = text_quote_sh,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "sh", &dialect, changes, out);
}

const struct emitter emitter_sh = { "sh", "sh, bash, zsh, dash, ksh, mksh", false, render };
