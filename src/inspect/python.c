/*
 * The Python at hand: the user's word, else the environment that is active (venv, virtualenv and conda all say so by a
 * variable), the project's .venv in this folder, else what the shell would start. PATH may lead to a pyenv shim first. Nothing is started.
 */
#include "inspect/inspect.h"

#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/trust.h"
#include "base/world.h"
#include "inspect/python_parts.h"

/* Settles what program starts, and keeps the name that the user would type. */
static bool
settle(struct run *run, const char *program, const char *chosen_by, struct python *out)
{
	const char *behind = python_behind_shim(run, program);

	if (!behind) {
		run_trace(run, "python", program, "a pyenv shim for a version that is not installed");
		return false;
	}
	if (!python_settle(run, behind, out))
		return false;
	out->executable = program;
	out->chosen_by = chosen_by;
	return true;
}

/* An environment's folder, or its bin. */
static bool
in_folder(struct run *run, const char *folder, const char *chosen_by, struct python *out)
{
	static const char *const names[] = { "bin/python", "bin/python3", "python", "python3" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *program = path_join(&run->arena, folder, names[i]);

		if (world_is_program(run, program) && settle(run, program, chosen_by, out))
			return true;
	}
	run_trace(run, "python", folder, "no bin/python");
	return false;
}

/* Shells leave the tilde of --python=~/x alone. */
static const char *
absolute(struct run *run, const char *word)
{
	const char *home = run_env(run, "HOME");

	if (str_starts(word, "~/") && home)
		word = path_join(&run->arena, home, word + 2);
	return path_clean(&run->arena, run->cwd, word);
}

/* An environment outlives the Python that it was made from: say where its program would be. */
static bool
fail_in_folder(struct run *run, const char *folder)
{
	const char *program = path_join(&run->arena, folder, "bin/python"), *target;

	if (world_readlink(run, program, &target) && !world_real(run, program))
		return run_fail(run, "no Python in %s: its bin/python leads to %s, which is not there; make the environment "
				"again, or name another", folder, target);
	return run_fail(run, "no Python in %s: it has no bin/python that works; name an interpreter or an environment's "
			"folder", folder);
}

static bool
by_word(struct run *run, const char *word, struct python *out)
{
	const char *program = strchr(word, '/') ? NULL : world_on_path(run, word, 0);
	const char *path = absolute(run, word);
	struct stat st;

	if (program && settle(run, program, "--python", out))
		return true;
	if (!*word)
		return run_fail(run, "--python is empty; name an interpreter or an environment's folder");
	if (!program && !world_stat(run, path, &st))
		return run_fail(run, "no Python %s: no such file%s; name an interpreter or an environment's folder",
				word, strchr(word, '/') ? "" : " and not on PATH");
	if (!program && world_is_dir(run, path))
		return in_folder(run, path, "--python", out) || fail_in_folder(run, path);
	if (!program && world_is_program(run, path) && settle(run, path, "--python", out))
		return true;
	return run_fail(run, "%s is no Python interpreter; name one, or an environment's folder",
			program ? program : path);
}

static bool
by_variable(struct run *run, const char *name, struct python *out)
{
	const char *folder = run_env(run, name);

	return folder && in_folder(run, absolute(run, folder), name, out);
}

/*
 * uv, poetry and pdm keep a project's environment in its folder, and use it without activation. Another user's is passed over:
 * it would be run.
 */
static bool
by_project(struct run *run, struct python *out)
{
	const char *folder = path_join(&run->arena, run->cwd, ".venv"), *why;

	if (!world_is_file(run, path_join(&run->arena, folder, "pyvenv.cfg")))
		return false;
	if (!trust_path(run, folder, &why)) {
		run_trace(run, "python", folder, str_format(&run->arena, "is not heeded: %s", why));
		return false;
	}
	return in_folder(run, folder, ".venv", out);
}

static bool
by_path(struct run *run, struct python *out)
{
	static const char *const names[] = { "python3", "python" };
	const char *program;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (int at = 0; (program = world_on_path(run, names[i], at)); at++)
			if (settle(run, program, "PATH", out))
				return true;
	return false;
}

bool
inspect_python(struct run *run, struct python *out)
{
	if (run->python)
		return by_word(run, run->python, out);
	return by_variable(run, "VIRTUAL_ENV", out) || by_variable(run, "CONDA_PREFIX", out) ||
	       by_project(run, out) || by_path(run, out);
}
