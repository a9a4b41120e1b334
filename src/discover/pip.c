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
#include "base/trust.h"
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

/*
 * What the program behind bin/python3 is called: "python3.11". Nearly always the link says it, in
 * one look; it says so too when the Python itself is gone, as in the image of a venv.
 */
static const char *
real_name(struct run *run, const char *python)
{
	const char *target;

	if (world_readlink(run, python, &target) && str_starts(path_name(target), "python3."))
		return path_name(target);
	target = world_real(run, python);
	return target ? path_name(target) : NULL;
}

/* A Python that lies in its own prefix, as a venv's and pyenv's do. */
static void
find_prefix(struct run *run, struct leads *leads, const char *prefix)
{
	const char *name = real_name(run, path_join(&run->arena, prefix, "bin/python3"));

	if (name)
		find_sites(run, leads, prefix, name);
}

/* The Python at this path; a venv hides the packages of the Python it was made from. */
static void
find_python(struct run *run, struct leads *leads, const char *python)
{
	const char *prefix = above(run, python), *user = home_path(run, ".local"), *real;

	if (world_is_file(run, path_join(&run->arena, prefix, "pyvenv.cfg"))) {
		find_prefix(run, leads, prefix);
		return;
	}
	real = world_real(run, python);
	if (!real)
		return;
	find_sites(run, leads, above(run, real), path_name(real));
	if (user)
		find_sites(run, leads, user, path_name(real));
}

/* pyenv's shims are scripts; whichever Python they would start is one of its versions. */
static void
find_pyenv(struct run *run, struct leads *leads, const char *pyenv)
{
	const char *versions = path_join(&run->arena, pyenv, "versions");
	struct strings names = { 0 };

	world_list(run, versions, &names);
	for (size_t i = 0; i < names.n; i++)
		find_prefix(run, leads, path_join(&run->arena, versions, names.item[i]));
}

/* The project's environment here, unless another user could have written it (inspect/python.c). */
static void
find_project(struct run *run, struct leads *leads)
{
	const char *folder = path_join(&run->arena, run->cwd, ".venv"), *why;

	if (world_is_file(run, path_join(&run->arena, folder, "pyvenv.cfg")) && trust_path(run, folder, &why))
		find_prefix(run, leads, folder);
}

static void
find_at_hand(struct run *run, struct leads *leads)
{
	const char *venv = run_env(run, "VIRTUAL_ENV");
	const char *python = run->python ? path_clean(&run->arena, run->cwd, run->python) : NULL;

	if (python && world_is_dir(run, python))
		find_prefix(run, leads, python);
	else if (python)
		find_python(run, leads, python);
	if (venv && venv[0] == '/')
		find_prefix(run, leads, venv);
	else if (!venv && !python && !run_env(run, "CONDA_PREFIX"))
		find_project(run, leads);
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	struct strings pythons = programs_on_path(run, "python3");
	const char *pyenv = run_env(run, "PYENV_ROOT");

	(void)source;
	find_at_hand(run, leads);
	for (size_t i = 0; i < pythons.n; i++)
		if (!strstr(pythons.item[i], "/shims/"))
			find_python(run, leads, pythons.item[i]);
		else if (!pyenv)
			pyenv = above(run, pythons.item[i]);
	if (pyenv)
		find_pyenv(run, leads, pyenv);
}

const struct source source_pip = { "pip", "nvidia/ in site-packages of the Pythons at hand", find };
