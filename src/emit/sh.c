/*
 * POSIX shells: within single quotes all bytes are themselves, and a quote is written '\''. Measured in dash, bash, zsh, ksh93
 * and mksh. A venv's _OLD_VIRTUAL_PATH is a variable of the shell alone, so the shell itself is told how to change it.
 */
#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	struct strings parts = str_split(arena, value, '\'');

	return str_format(arena, "'%s'", strings_join(arena, &parts, "'\\''"));
}

static const struct dialect dialect = {
	.set = "export @N=@V",
	.unset = "unset @N",
	.prepend = "export @N=@V\"${@N:+:$@N}\"",
	.inner_prepend = "[ -z \"${@N-}\" ] || @N=@V:$@N",
	.inner_remove = "case \":${@N-}:\" in *:@V:*) @N=:$@N:; @N=${@N%%:@V:*}:${@N#*:@V:}; @N=${@N#:}; @N=${@N%:} ;; esac",
	.quote = quote,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "sh", &dialect, changes, out);
}

const struct emitter emitter_sh = { "sh", "sh, bash, zsh, dash, ksh, mksh", false, render };
