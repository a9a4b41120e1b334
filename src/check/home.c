/*
 * Where a build looks for nvcc: CUDA_HOME, CUDA_PATH, the nvcc on PATH, /usr/local/cuda; the first that is there, whether it
 * holds one or not (torch.utils.cpp_extension._find_cuda_home, torch 1.5 to 2.15). CUDA_HOME is one folder and no list.
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"

static const char *
variable(struct run *run)
{
	return run_env(run, "CUDA_HOME") ? "CUDA_HOME" : run_env(run, "CUDA_PATH") ? "CUDA_PATH" : NULL;
}

/* The element of a list that holds an nvcc; the last one, because people write CUDA_HOME=$CUDA_HOME:/new. */
static const char *
meant(struct run *run, const char *list)
{
	struct strings pieces = str_split(&run->arena, list, ':');

	for (size_t i = pieces.n; i-- > 0;)
		if (pieces.item[i][0] == '/' &&
		    world_is_program(run, path_join(&run->arena, pieces.item[i], "bin/nvcc")))
			return str_format(&run->arena, "export CUDA_HOME=%s", str_quote(&run->arena, pieces.item[i]));
	return "unset CUDA_HOME";
}

/* No toolkit, not even a runtime, and no library that brings its own: nothing here can build or load CUDA code. */
static bool
has_no_cuda(const struct machine *machine)
{
	return !machine->toolkits.n && !machine->torch && !machine->frameworks.n;
}

/*
 * A toolkit is here and a torch that wants it: then a build fails for nothing. Where there is no CUDA at all, nothing else
 * than a build can be meant. Otherwise nobody has asked for one.
 */
static enum severity
weight(const struct machine *machine)
{
	return (wants_extension(machine) && fit_toolkit(machine, machine->toolkit)) || has_no_cuda(machine) ? SEVERITY_FAIL
													    : SEVERITY_NOTE;
}

static void
named(struct run *run, const struct machine *machine, const char *name, struct findings *out)
{
	const char *value = run_env(run, name);

	if (strchr(value, ':'))
		say(run, out, "CE701", SEVERITY_FAIL,
		    str_format(&run->arena, "%s is a list, and is to be one folder: a build calls %s/bin/nvcc, which is no file",
			       name, value),
		    meant(run, value), say_variable(run, name), NULL);
	else
		say(run, out, "CE113", wants_extension(machine) ? SEVERITY_FAIL : SEVERITY_WARN,
		    str_format(&run->arena, "%s leads to no nvcc, and a build looks nowhere else", name),
		    fit_command(run, machine, machine->toolkit), say_variable(run, name),
		    str_format(&run->arena, "%s/bin/nvcc: not there", value), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	const char *name = variable(run), *nvcc = name ? NULL : world_on_path(run, "nvcc", 0);

	if (name && (strchr(run_env(run, name), ':') || !t || !t->nvcc))
		named(run, machine, name, out);
	else if (t && t->nvcc)
		return;
	else if (nvcc)
		say(run, out, "CE113", SEVERITY_WARN,
		    str_format(&run->arena, "the nvcc on PATH only leads to a toolkit: a build takes %s as CUDA_HOME",
			       path_parent(&run->arena, path_parent(&run->arena, nvcc))),
		    fit_command(run, machine, t), nvcc, NULL);
	else
		say(run, out, "CE113", weight(machine),
		    fit_toolkit(machine, t) ? "a build finds no nvcc: not by CUDA_HOME, on PATH, in /usr/local/cuda"
					    : "no toolkit is here that builds extensions",
		    fit_command(run, machine, t), "CUDA_HOME, CUDA_PATH: not set", "nvcc: not on PATH",
		    t ? say_toolkit(run, t) : "/usr/local/cuda/bin/nvcc: not there", NULL);
}

const struct check check_home = {
	"home", "whether a build finds an nvcc", NEED_TOOLKITS | NEED_TORCH | NEED_PACKAGES, look,
};
