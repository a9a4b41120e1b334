/*
 * Packages for a Python. Its own pip where it has one; uv's, which needs none in the environment; else ensurepip, which makes
 * one. A Python that says EXTERNALLY-MANAGED (PEP 668) takes none outside a virtual environment, and one in /nix/store cannot.
 * Debian packs ensurepip, without which python -m venv makes nothing, as python3-venv.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "know/acquire_parts.h"

const char *
acquire_py(struct run *run, const struct python *python)
{
	return version_text(&run->arena, &python->version, 2);
}

const char *
acquire_py_name(struct run *run, const struct python *python)
{
	return str_format(&run->arena, "python%s%s", acquire_py(run, python),
			  python->tag && str_ends(python->tag, "t") ? "t" : "");
}

static bool
has_package(struct run *run, const struct python *python, const char *name)
{
	struct strings names = { 0 };
	const char *info = str_format(&run->arena, "%s-", name);

	for (size_t i = 0; i < python->site_dirs.n; i++) {
		world_list(run, python->site_dirs.item[i], &names);
		for (size_t n = 0; n < names.n; n++)
			if (str_same(names.item[n], name) ||
			    (str_starts(names.item[n], info) && str_ends(names.item[n], ".dist-info")))
				return true;
	}
	return false;
}

/* A file or folder of the standard library of the Python behind a virtual environment. */
static bool
library_has(struct run *run, const struct python *python, const char *name)
{
	static const char *const libs[] = { "lib", "lib64" };
	struct stat st;

	for (size_t i = 0; python->base_prefix && i < 2; i++)
		if (world_stat(run,
			       str_format(&run->arena, "%s/%s/%s/%s", python->base_prefix, libs[i],
					  acquire_py_name(run, python), name),
			       &st))
			return true;
	return false;
}

static bool
is_below(const char *path, const char *folder)
{
	return path && path_below(path, folder);
}

static bool
is_venv(const struct python *python)
{
	return !str_same(python->prefix, python->base_prefix);
}

static bool
is_made_by_uv(struct run *run, const struct python *python)
{
	struct blob text;

	return is_venv(python) &&
	       world_read(run, path_join(&run->arena, python->prefix, "pyvenv.cfg"), 4096, &text) &&
	       blob_find(&text, "\nuv = ");
}

static struct installer
by_pip(struct run *run, const struct system *system, const char *first, const char *python,
       const char *option)
{
	struct blanks b = { .python = python, .what = "" };
	const char *install = acquire_any(run, system, THING_PIP, &b);

	install = str_copy(&run->arena, install, strlen(install) - 1);
	return (struct installer){ first, str_format(&run->arena, "%s%s", install, option),
				   str_format(&run->arena, "%s -m pip uninstall%s", python, option), NULL };
}

static struct installer
by_uv(struct run *run, const struct system *system, const char *first, const char *python)
{
	struct blanks b = { .python = python, .what = "" };
	const char *install = acquire_any(run, system, THING_UV, &b);

	if (system->uv)
		install = str_format(&run->arena, "%s%s", system->uv, install + strlen("uv"));
	return (struct installer){ first, str_copy(&run->arena, install, strlen(install) - 1),
				   str_format(&run->arena, "%s pip uninstall --python %s",
					      system->uv ? system->uv : "uv", python),
				   NULL };
}

/* What brings ensurepip to a Python that has none; "": it has one; NULL: nothing known does. */
static const char *
before_ensurepip(struct run *run, const struct system *system, const struct python *python)
{
	struct blanks b = { .py = acquire_py(run, python) };
	const char *get;

	if (library_has(run, python, "ensurepip"))
		return "";
	get = str_same(python->base_prefix, "/usr") ? acquire_row(run, system, THING_VENV, &b) : NULL;
	return get ? str_format(&run->arena, "%s && ", get) : NULL;
}

const char *
acquire_new_venv(struct run *run, const struct system *system, const struct python *python, const char *prefix)
{
	struct blanks b = { .python = str_quote(&run->arena, python->executable), .prefix = prefix };
	const char *before = before_ensurepip(run, system, python);

	if (system->uv && (!str_same(before, "") || is_made_by_uv(run, python)))
		return str_format(&run->arena, "%s%s", system->uv,
				  acquire_any(run, system, THING_UV_VENV, &b) + strlen("uv"));
	if (!before)
		return NULL;
	return str_format(&run->arena, "%s%s", before, acquire_any(run, system, THING_NEW_VENV, &b));
}

static struct installer
in_new_venv(struct run *run, const struct system *system, const struct python *python)
{
	const char *make = acquire_new_venv(run, system, python, "~/venv"), *in = "~/venv/bin/python";

	if (!make)
		return (
		    struct installer){ "", NULL, NULL,
				       str_format(&run->arena,
						  "%s takes packages in a virtual environment only, and "
						  "has no ensurepip to make one",
						  python->executable) };
	make = str_format(&run->arena, "%s && ", make);
	return strstr(make, " -m venv ") ? by_pip(run, system, make, in, "") : by_uv(run, system, make, in);
}

struct installer
acquire_installer(struct run *run, const struct python *python, const struct torch *torch)
{
	const char *word = str_quote(&run->arena, python->executable), *before, *get;
	struct blanks b = { .python = word, .py = acquire_py(run, python) };
	struct system system;
	bool managed;

	system_read(run, &system);
	managed = !is_venv(python) && (library_has(run, python, "EXTERNALLY-MANAGED") ||
				       is_below(python->prefix, "/nix/store"));
	/* Where a torch of pip's is in a managed Python somebody has told pip to break it, and what is to stand beside it goes there. */
	if (managed &&
	    (!torch || str_same(torch->origin, "Debian") || is_below(python->prefix, "/nix/store")))
		return in_new_venv(run, &system, python);
	if (has_package(run, python, "pip"))
		return by_pip(run, &system, "", word, managed ? " --break-system-packages" : "");
	if (system.uv || is_made_by_uv(run, python))
		return by_uv(run, &system, "", word);
	get = is_below(python->real, "/usr") && !is_venv(python)
		  ? acquire_row(run, &system, THING_GET_PIP, &b)
		  : NULL;
	if (get)
		return by_pip(run, &system, str_format(&run->arena, "%s && ", get), word, "");
	before = before_ensurepip(run, &system, python);
	if (before)
		return by_pip(run, &system,
			      str_format(&run->arena, "%s%s && ", before,
					 acquire_any(run, &system, THING_ENSUREPIP, &b)),
			      word, "");
	return by_uv(run, &system,
		     str_format(&run->arena, "%s && ", acquire_any(run, &system, THING_GET_UV, NULL)),
		     word);
}

struct acquired
acquire_packages(struct run *run, const struct python *python, const struct torch *torch,
		 const char *packages)
{
	struct installer by;

	if (!python)
		return acquire_said("no Python is at hand");
	by = acquire_installer(run, python, torch);
	return by.install ? acquire_by(str_format(&run->arena, "%s%s %s", by.first, by.install, packages))
			  : acquire_said(by.words);
}

/* Of a package that is not known by name the sources are where the user has them. */
const char *
acquire_rebuild(struct run *run, const struct python *python, const struct torch *torch,
		const char *package)
{
	struct installer by = { .first = "", .install = "python3 -m pip install" };

	if (python)
		by = acquire_installer(run, python, torch);
	if (!by.install)
		return by.words;
	return str_format(&run->arena,
			  "%s%scuenv exec torch --build -- %s --force-reinstall --no-deps --no-cache-dir "
			  "--no-build-isolation %s",
			  package ? "" : "in the folder of its sources: ", by.first, by.install,
			  package ? package : ".");
}

/* Distributions pack Python.h apart; a Python that was built, or is conda's, pyenv's or uv's, has it or is not whole. */
struct acquired
acquire_headers(struct run *run, const struct python *python)
{
	struct blanks b = { .py = acquire_py(run, python) };
	const char *command = NULL;
	struct system system;

	system_read(run, &system);
	if (is_below(python->real, "/usr") && !is_below(python->real, "/usr/local"))
		command = acquire_row(run, &system, THING_HEADERS, &b);
	if (command)
		return acquire_by(command);
	return acquire_said(str_format(&run->arena, "Python.h of Python %s belongs to whatever brought %s",
				       b.py, python->real));
}
