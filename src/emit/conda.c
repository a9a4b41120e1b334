/*
 * A file for a conda environment's etc/conda/activate.d and the same, linked, for deactivate.d: conda reads the one when the
 * environment is entered and the other when it is left, after it has set PATH; the file tells them apart by a variable. So
 * leaving takes our elements out of lists and does not give back an old PATH, which would hold conda's own.
 */
#include "base/str.h"
#include "emit/text.h"

#define SAVE "export _cuenv_@N=\"${@N-}\" _cuenv_had_@N=\"${@N+yes}\"; export @N=@V"
#define RESTORE                                                                                                    \
	"if [ \"$_cuenv_had_@N\" ]; then export @N=\"$_cuenv_@N\"; else unset @N; fi; unset _cuenv_@N _cuenv_had_@N"
#define PREPEND "export @N=@V\"${@N:+:$@N}\""
#define REMOVE \
	"case \":${@N-}:\" in *:@V:*) @N=:$@N:; @N=${@N%%:@V:*}:${@N#*:@V:}; @N=${@N#:}; @N=${@N%:} ;; esac; [ \"${@N-}\" ] || unset @N"

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	struct strings enter = { 0 }, leave = { 0 };

	if (!text_check(run, "conda", changes, false))
		return false;
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = &changes->item[i];
		const char *word = text_quote_sh(&run->arena, c->value ? c->value : "");
		bool list = c->kind == CHANGE_PREPEND;

		strings_add(&run->arena, &enter, text_fill(&run->arena, list ? PREPEND : SAVE, c->name, word, NULL));
		strings_add(&run->arena, &leave, text_fill(&run->arena, list ? REMOVE : RESTORE, c->name, word, NULL));
	}
	*out = str_format(&run->arena, "# For etc/conda/activate.d/cuenv.sh; link it as etc/conda/deactivate.d/cuenv.sh too.\n"
			  "if [ \"${_cuenv_conda-}\" ]; then\n%sunset _cuenv_conda\nelse\n%sexport _cuenv_conda=yes\nfi\n",
			  strings_join(&run->arena, &leave, ""), strings_join(&run->arena, &enter, ""));
	return true;
}

const struct emitter emitter_conda = { "conda", "a conda environment's activate.d and deactivate.d", true, render };
