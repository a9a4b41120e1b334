/*
 * NVIDIA's wheels in site-packages of the Pythons at hand: CUDA 13 is a whole toolkit in
 * nvidia/cu13; 11 and 12 are one folder for each part (nvidia/cuda_runtime, cuda_nvcc, …) and hold
 * no nvcc in any version (every wheel from 11.7 to 13.0 was opened).
 *
 * A Python's site-packages follow from its path: lib/<name of the real binary>/site-packages, below
 * the folder of the pyvenv.cfg or of the binary; Debian's Python looks in dist-packages; the user's
 * own are in ~/.local.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

extern const struct source source_pip;

void
lead_wheels(struct run *run, struct leads *leads, const char *site)
{
	const char *nvidia = path_join(&run->arena, site, "nvidia");
	struct strings names = { 0 };
	bool parts = false;

	world_list(run, nvidia, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.item[i], *path = path_join(&run->arena, nvidia, name);

		if (str_starts(name, "cu") && isdigit((unsigned char)name[2]))
			lead_root(run, leads, &source_pip, path, path);
		parts = parts || strcmp(name, "cuda_runtime") == 0 ||
			strcmp(name, "cuda_nvcc") == 0;
	}
	if (parts)
		lead_root(run, leads, &source_pip, nvidia, nvidia);
}

static const char *
above(struct run *run, const char *program)
{
	return path_parent(&run->arena, path_parent(&run->arena, program));
}

/* Where a Python with this prefix and this name ("python3.11") keeps what pip installs. */
static void
find_sites(struct run *run, struct leads *leads, const char *prefix, const char *name)
{
	if (strcmp(prefix, "/usr") == 0 || strcmp(prefix, "/usr/local") == 0) {
		lead_wheels(run, leads,
			    str_format(&run->arena, "/usr/local/lib/%s/dist-packages", name));
		lead_wheels(run, leads, "/usr/lib/python3/dist-packages");
	}
	lead_wheels(run, leads, str_format(&run->arena, "%s/lib/%s/site-packages", prefix, name));
}

/* The Python at this path; a venv hides the packages of the Python it was made from. */
static void
find_python(struct run *run, struct leads *leads, const char *python)
{
	const char *real = world_real(run, python), *user = home_path(run, ".local"), *name;

	if (!real)
		return;
	name = path_name(real);
	if (world_is_file(run, path_join(&run->arena, above(run, python), "pyvenv.cfg"))) {
		find_sites(run, leads, above(run, python), name);
		return;
	}
	find_sites(run, leads, above(run, real), name);
	if (user)
		find_sites(run, leads, user, name);
}

/* pyenv's shims are scripts; whichever Python they would start is one of its versions. */
static void
find_pyenv(struct run *run, struct leads *leads, const char *pyenv)
{
	const char *versions = path_join(&run->arena, pyenv, "versions");
	struct strings names = { 0 };

	world_list(run, versions, &names);
	for (size_t i = 0; i < names.n; i++)
		find_python(run, leads,
			    str_format(&run->arena, "%s/%s/bin/python3", versions, names.item[i]));
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *venv = run_env(run, "VIRTUAL_ENV"), *python = run->python;
	const char *pyenv = run_env(run, "PYENV_ROOT");

	(void)source;
	if (python && world_is_dir(run, path_clean(&run->arena, run->cwd, python)))
		python = path_join(&run->arena, python, "bin/python3");
	if (python)
		find_python(run, leads, path_clean(&run->arena, run->cwd, python));
	if (venv && venv[0] == '/')
		find_python(run, leads, path_join(&run->arena, venv, "bin/python3"));
	for (int i = 0; (python = world_on_path(run, "python3", i)); i++)
		if (!strstr(python, "/shims/"))
			find_python(run, leads, python);
		else if (!pyenv)
			pyenv = above(run, python);
	if (pyenv)
		find_pyenv(run, leads, pyenv);
}

const struct source source_pip = { "pip", "nvidia/ in site-packages of the Pythons at hand", find };
