/*
 * Where a build looks for nvcc: CUDA_HOME, CUDA_PATH, the nvcc on PATH, /usr/local/cuda; the first that is there, whether it
 * holds one or not (torch.utils.cpp_extension._find_cuda_home, torch 1.5 to 2.15). CUDA_HOME is one folder and no list.
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "discover/source.h"

static const char *
variable(struct run *run)
{
	return run_env(run, "CUDA_HOME") ? "CUDA_HOME" : run_env(run, "CUDA_PATH") ? "CUDA_PATH" : NULL;
}

static bool
has_nvcc(struct run *run, const char *folder)
{
	return folder[0] == '/' && world_is_program(run, path_join(&run->arena, folder, "bin/nvcc"));
}

/*
 * The element of a list that holds an nvcc; the last one, because people write CUDA_HOME=$CUDA_HOME:/new. Where torch wants a
 * toolkit that is here, that one.
 */
static const char *
meant(struct run *run, const struct machine *machine, const char *name, const char *list)
{
	struct strings pieces = str_split(&run->arena, list, ':');
	const struct toolkit *best = wants_extension(machine) ? fit_toolkit(machine, NULL) : NULL;

	for (size_t i = pieces.n; i-- > 0;)
		if (has_nvcc(run, pieces.item[i]) &&
		    (!best || str_same(world_real(run, pieces.item[i]), best->root)))
			return str_format(&run->arena, "export %s=%s", name, str_quote(&run->arena, pieces.item[i]));
	return best ? fit_command(run, machine, NULL) : str_format(&run->arena, "unset %s", name);
}

/* The value as it was meant, where only its quotes, its blanks or its tilde are wrong; NULL: it leads to no nvcc either. */
static const char *
mended(struct run *run, const char *name, const char *value)
{
	const char *start = value + strspn(value, " \t\r\n\"'"), *home = run_env(run, "HOME"), *path;
	size_t n = strlen(start);

	while (n && strchr(" \t\r\n\"'", start[n - 1]))
		n--;
	path = str_copy(&run->arena, start, n);
	if (home && (str_same(path, "~") || str_starts(path, "~/")))
		path = str_format(&run->arena, "%s%s", home, path + 1);
	return has_nvcc(run, path) ? str_format(&run->arena, "export %s=%s", name, str_quote(&run->arena, path)) : NULL;
}

/* Why /usr/local/cuda, where a build looks at last, has no nvcc. */
static const char *
usual_place(struct run *run)
{
	const char *why = environment_fault(run, "/usr/local/cuda");

	return why && strcmp(why, "does not exist") != 0 ? str_format(&run->arena, "/usr/local/cuda: %s", why)
							  : "/usr/local/cuda/bin/nvcc: not there";
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
	const char *value = run_env(run, name), *why = environment_fault(run, value), *better = mended(run, name, value);

	if (strchr(value, ':'))
		say(run, out, "CE701", SEVERITY_FAIL,
		    str_format(&run->arena, "%s is a list, and is to be one folder: a build calls %s/bin/nvcc, which is no file",
			       name, value),
		    meant(run, machine, name, value), say_variable(run, name), NULL);
	else
		say(run, out, "CE113", wants_extension(machine) ? SEVERITY_FAIL : SEVERITY_WARN,
		    str_format(&run->arena, "%s leads to no nvcc, and a build looks nowhere else", name),
		    better ? better : fit_command(run, machine, machine->toolkit), say_variable(run, name),
		    machine->toolkit && machine->toolkit->gap ? machine->toolkit->gap
		    : why ? str_format(&run->arena, "%s: %s", value, why)
			: str_format(&run->arena, "%s/bin/nvcc: not there", value), NULL);
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
		    t ? say_toolkit(run, t) : usual_place(run), NULL);
}

const struct check check_home = {
	"home", "whether a build finds an nvcc", NEED_TOOLKITS | NEED_TORCH | NEED_PACKAGES, look,
};
