/*
 * Modulefiles cuda/X.Y, in Tcl for Environment Modules and, beside it, in Lua for Lmod, which prefers that one. What they change
 * is what cuenv env --format modulefile and lua write.
 */
#include <string.h>

#include "emit/generator.h"

static bool
render(struct run *run, const struct blueprint *from, const char *format, const char **out)
{
	struct changes changes = activation_plain(run, from->toolkit, &from->asked);

	return !run->error && emitter_find(format)->render(run, &changes, out);
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const char *full = version_text(&run->arena, &from->toolkit->version, 0), *tcl, *lua;
	const char *name = str_format(&run->arena, "cuda/%s", version_text(&run->arena, &from->toolkit->version, 2));
	const char *note = generator_note(run, "module", from->toolkit);
	int first;

	if (!render(run, from, "modulefile", &tcl) || !render(run, from, "lua", &lua))
		return false;
	first = (int)strcspn(tcl, "\n") + 1;	/* "#%Module1.0" must stay the first line */
	generator_add(run, out, name,
		      str_format(&run->arena, "%.*s# %s\nmodule-whatis {CUDA %s}\nconflict cuda\n%s", first, tcl, note, full,
				 tcl + first));
	generator_add(run, out, str_format(&run->arena, "%s.lua", name),
		      str_format(&run->arena, "-- %s\nwhatis(\"CUDA %s\")\nconflict(\"cuda\")\n%s", note, full, lua));
	return true;
}

const struct generator generator_module = {
	.name = "module",
	.what = "modulefiles cuda/X.Y, for Environment Modules (5.1 or newer) and Lmod",
	.use = "module use @D && module load cuda/@V",
	.generate = generate,
};
