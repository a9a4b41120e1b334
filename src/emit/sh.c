/*
 * POSIX shells: within single quotes all bytes are themselves, and a quote is written '\''. Measured in dash, bash, zsh, ksh93
 * and mksh.
 */
#include "emit/text.h"

static const struct dialect dialect = {
	.set = "export @N=@V",
	.unset = "unset @N",
	.prepend = "export @N=@V\"${@N:+:$@N}\"",
	.once = "case \"${CUENV_@N_SAVED-}|:${@N-}:\" in @M'|'*:@V:*) ;; *) export @N=@V\"${@N:+:$@N}\" ;; esac",
	.left = "@N=@V",
	.venv = "@N=@V",
	.quote = text_quote_sh,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "sh", &dialect, changes, out);
}

const struct emitter emitter_sh = { "sh", "sh, bash, zsh, dash, ksh, mksh", false, render };
