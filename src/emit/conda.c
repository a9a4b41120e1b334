/*
 * A file for a conda environment's etc/conda/activate.d, and the same, linked, in deactivate.d: conda runs the one when the
 * environment is entered and the other when it is left, and the file tells them apart by the variable it leaves.
 */
#include "base/str.h"
#include "emit/text.h"

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	struct run nowhere = { .arena = run->arena, .root = run->root, .cwd = run->cwd };
	struct strings restore = { 0 }, save = { 0 };
	const char *set;
	bool done = emitter_find("sh")->render(&nowhere, changes, &set);

	run->arena = nowhere.arena;
	if (!done)
		return run_fail(run, "%s", nowhere.error);
	for (size_t i = 0; i < changes->n; i++) {
		const char *name = changes->item[i].name;

		if (i && str_same(name, changes->item[i - 1].name))
			continue;
		strings_add(&run->arena, &save, str_format(&run->arena, "\t_cuenv_%s=${%s-}; _cuenv_had_%s=${%s+yes}\n",
							   name, name, name, name));
		strings_add(&run->arena, &restore, str_format(&run->arena, "\tif [ \"$_cuenv_had_%s\" ]; then export %s=\"$_cuenv_%s\";"
			    " else unset %s; fi; unset _cuenv_%s _cuenv_had_%s\n", name, name, name, name, name, name));
	}
	*out = str_format(&run->arena, "# For etc/conda/activate.d/cuenv.sh; link it as etc/conda/deactivate.d/cuenv.sh too.\n"
			  "if [ \"${_cuenv_conda-}\" ]; then\n%s\tunset _cuenv_conda\nelse\n\t_cuenv_conda=yes\n%s%sfi\n",
			  strings_join(&run->arena, &restore, ""), strings_join(&run->arena, &save, ""), set);
	return true;
}

const struct emitter emitter_conda = { "conda", "a conda environment's activate.d and deactivate.d", true, render };
