/* elvish: within single quotes only the quote is special, and is doubled. Its source is UTF-8. */
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	return text_enclose(arena, value, "'", "'", "'");
}

static const struct dialect dialect = {
	.set = "set-env @N @V",
	.unset = "unset-env @N",
	.prepend_path = "set-env @N @V:$E:@N",
	.once = "use str; if (not (and (eq $E:CUENV_@N_SAVED @M) (has-value [(str:split ':' $E:@N)] @V))) "
		"{ set-env @N @V:$E:@N }",
	.left = "set @N = @V",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "elvish", &dialect, changes, out);
}

const struct emitter emitter_elvish = { "elvish", "elvish", false, render };
