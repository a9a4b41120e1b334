/*
 * What conda reads when an environment is entered and left: scripts for POSIX shells, one text under two names, and the plain
 * variables for every shell. conda's variables are set before the scripts run and given back after them, so both may set the same.
 */
#include "base/json.h"
#include "emit/generator.h"

#define SCRIPT "etc/conda/%s.d/cuenv.sh"

static bool
script(struct run *run, const struct blueprint *from, const struct changes *changes, struct sheets *out)
{
	const char *text;

	if (!emitter_find("conda")->render(run, changes, &text))
		return false;
	text = str_format(&run->arena, "# %s\n%s", generator_note(run, "conda", from->toolkit), text);
	generator_add(run, out, str_format(&run->arena, SCRIPT, "activate"), text);
	generator_add(run, out, str_format(&run->arena, SCRIPT, "deactivate"), text);
	return true;
}

/* All that is in this file becomes a variable, so that the mark has to be one too. */
static bool
variables(struct run *run, const struct blueprint *from, const struct changes *changes, struct sheets *out)
{
	struct cJSON *document = json_object(run);

	if (!document)
		return false;
	json_put_text(run, document, "CUENV_CONDA", generator_note(run, "conda", from->toolkit));
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *change = &changes->item[i];

		if (change->kind != CHANGE_SET)
			continue;
		if (!generator_holds(run, "conda", change->value, "", true))
			return false;
		json_put_text(run, document, change->name, change->value);
	}
	generator_add(run, out, "etc/conda/env_vars.d/cuenv.json", json_print(document));
	return true;
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	struct changes changes = activation_plain(run, from->toolkit, &from->asked);

	return !run->error && script(run, from, &changes, out) && variables(run, from, &changes, out);
}

const struct generator generator_conda = {
	.name = "conda",
	.what = "activate.d, deactivate.d and env_vars.d of the conda environment in DIR",
	.use = "conda deactivate; conda activate @D",
	.generate = generate,
};
