/*
 * Variables that once were needed and now break builds: CUB_HOME, from before CUDA 11 brought cub itself. And conda's linker:
 * a Python of conda links extensions with its compiler_compat/ld, which is older than what the system's gcc writes.
 */
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "know/acquire.h"

static void
cub(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;

	if (run_env(run, "CUB_HOME") && t && t->nvcc && t->version.part[0] >= 11)
		say(run, out, "CE114", SEVERITY_WARN,
		    str_format(&run->arena, "CUB_HOME puts another cub before the one of CUDA %s, which its Thrust refuses",
			       version_text(&run->arena, &t->version, 2)),
		    "unset CUB_HOME", say_variable(run, "CUB_HOME"), say_toolkit(run, t), NULL);
}

static void
linker(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct python *python = machine->python;
	const char *ld = python ? path_join(&run->arena, python->base_prefix, "compiler_compat/ld") : NULL;
	struct resolved_compiler cxx;

	if (!ld || !wants_extension(machine) || !world_is_file(run, ld))
		return;
	cxx = compiler_cxx(run, machine);
	if (!cxx.path || path_below(cxx.path, python->prefix) || path_below(cxx.path, python->base_prefix))
		return;
	say(run, out, "CE208", SEVERITY_NOTE,
	    "this Python may link with conda's compiler_compat/ld, which can be too old for the system's compiler",
	    acquired_text(acquire_conda(run, python, "gxx")), ld, cxx.path, NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	cub(run, machine, out);
	linker(run, machine, out);
}

const struct check check_variables = {
	"variables", "CUB_HOME, and conda's linker with the system's compiler",
	NEED_TOOLKITS | NEED_TORCH | NEED_COMPILERS, look,
};
