/*
 * What conda reads when an environment is entered and left: scripts for POSIX shells, one text under two names, or plain variables
 * for every shell. Tried with conda of August 2026: it gives back what the scripts give back, but leaves its variables empty
 * instead of unset and forgets them when another environment is entered over this one; so not both.
 */
#include <string.h>

#include "base/json.h"
#include "emit/generator.h"

#define SCRIPT "etc/conda/%s.d/cuenv.sh"
#define VARIABLES "etc/conda/env_vars.d/cuenv.json"

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

/* conda writes the names of this file in capitals, so that one which is not would come out as another. */
static bool
is_capital(const char *name)
{
	return !name[strcspn(name, "abcdefghijklmnopqrstuvwxyz")];
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

		if (change->kind != CHANGE_SET || !is_capital(change->name))
			continue;
		if (!generator_holds(run, "conda", change->value, "", true))
			return false;
		json_put_text(run, document, change->name, change->value);
	}
	generator_add(run, out, VARIABLES, json_print(document));
	return true;
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	struct changes changes = activation_plain(run, from->toolkit, &from->asked);

	if (run->error)
		return false;
	if (!from->env_vars) {
		generator_add(run, out, VARIABLES, NULL);
		return script(run, from, &changes, out);
	}
	generator_add(run, out, str_format(&run->arena, SCRIPT, "activate"), NULL);
	generator_add(run, out, str_format(&run->arena, SCRIPT, "deactivate"), NULL);
	return variables(run, from, &changes, out);
}

const struct generator generator_conda = {
	.name = "conda",
	.what = "activate.d and deactivate.d, or env_vars.d, of the conda environment in DIR",
	.use = "conda deactivate; conda activate @D",
	.generate = generate,
};
