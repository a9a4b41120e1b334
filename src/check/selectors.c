/*
 * A toolkit that is taken though another one is meant: the distribution's, whose /usr/bin/nvcc comes first on PATH and makes
 * /usr the CUDA_HOME; or the one that /usr/local/cuda happens to link to. Several toolkits by themselves are no fault.
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "select/rank.h"

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit, *better;
	const char *home = run_env(run, "CUDA_HOME") ? run_env(run, "CUDA_HOME") : run_env(run, "CUDA_PATH"), *real;

	if (!t || !wants_extension(machine))
		return;
	better = fit_toolkit(machine, t);
	if (!better || rank_suits(&better->version, &machine->torch->cuda) <= rank_suits(&t->version, &machine->torch->cuda))
		return;
	real = world_real(run, "/usr/local/cuda");
	if (!home && strcmp(t->root, "/usr") == 0)
		say(run, out, "CE702", SEVERITY_WARN,
		    str_format(&run->arena, "the distribution's nvcc comes first on PATH, before that of CUDA %s at %s",
			       version_text(&run->arena, &better->version, 2), better->root),
		    fit_command(run, machine, t), say_toolkit(run, t), say_toolkit(run, better), NULL);
	else if (str_same(real, t->root) && strcmp(t->root, "/usr/local/cuda") != 0 &&
		 (!home || strcmp(path_clean(&run->arena, run->cwd, home), "/usr/local/cuda") == 0))
		say(run, out, "CE703", SEVERITY_WARN,
		    str_format(&run->arena, "/usr/local/cuda is CUDA %s here, and torch's CUDA %d is at %s",
			       version_text(&run->arena, &t->version, 2), machine->torch->cuda.part[0], better->root),
		    fit_command(run, machine, t), str_format(&run->arena, "/usr/local/cuda: leads to %s", real),
		    say_torch(run, machine->torch), NULL);
}

const struct check check_selectors = {
	"selectors", "whether PATH or /usr/local/cuda lead to another toolkit than the one for torch",
	NEED_TOOLKITS | NEED_TORCH, look,
};
