/* direnv's .envrc, with what cuenv env --format direnv writes. */
#include "emit/generator.h"

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	struct changes changes = activation_plain(run, from->toolkit, &from->asked);
	const char *text;

	if (run->error || !emitter_find("direnv")->render(run, &changes, &text))
		return false;
	generator_add(run, out, ".envrc",
		      str_format(&run->arena, "# %s\n%s", generator_note(run, "direnv", from->toolkit), text));
	return true;
}

const struct generator generator_direnv = {
	.name = "direnv",
	.what = "an .envrc",
	.use = "direnv allow @D",
	.single = true,
	.generate = generate,
};
