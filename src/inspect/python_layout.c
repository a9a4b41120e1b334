/*
 * What an interpreter's surroundings tell, as CPython's getpath.py and site.py read them: pyvenv.cfg beside the program or
 * one folder up makes a virtual environment, whose base is its `home`; else links are resolved and lib/pythonX.Y/os.py is
 * looked for upward. The version is in the program's name and, to the patch, in patchlevel.h.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/python_parts.h"

struct venv {
	const char *home;
	const char *version;	/* as written: 3.11.2, 3.11.2.final.0; or NULL */
	bool system_site;
};

static void
venv_line(struct run *run, const char *line, size_t length, struct venv *venv)
{
	const char *equals = memchr(line, '=', length), *key, *value;

	if (!equals)
		return;
	key = str_trim(&run->arena, line, (size_t)(equals - line));
	value = str_trim(&run->arena, equals + 1, length - (size_t)(equals + 1 - line));
	if (strcmp(key, "home") == 0)
		venv->home = value;
	else if (strcmp(key, "version") == 0 || strcmp(key, "version_info") == 0)
		venv->version = value;
	else if (strcmp(key, "include-system-site-packages") == 0)
		venv->system_site = strcasecmp(value, "true") == 0;
}

/* The virtual environment that programs in bin belong to; without a home it is none. */
static bool
read_venv(struct run *run, const char *bin, struct venv *out)
{
	struct venv venv = { .system_site = true };
	struct blob text;
	const char *line;
	size_t at = 0, length;

	if (!world_read(run, path_join(&run->arena, bin, "pyvenv.cfg"), 65536, &text) &&
	    !world_read(run, path_join(&run->arena, path_parent(&run->arena, bin), "pyvenv.cfg"), 65536, &text))
		return false;
	while (blob_line(&text, &at, &line, &length))
		venv_line(run, line, length, &venv);
	if (!venv.home || venv.home[0] != '/')
		return false;
	venv.home = path_clean(&run->arena, "/", venv.home);
	*out = venv;
	return true;
}

/* "python3.13t" for a name or version that tells at least X.Y; NULL for "python3". */
static const char *
lib_name(struct run *run, const char *text)
{
	struct version version;
	const char *end;

	if (!version_parse(text, &version, &end) || version.n < 2 || version.part[0] < 2)
		return NULL;
	return str_format(&run->arena, "python%d.%d%s", version.part[0], version.part[1],
			  version.n == 2 && *end == 't' ? "t" : "");
}

/* A program called just python3, being no link: its library folder has the version. */
static const char *
lib_beside(struct run *run, const char *bin)
{
	const char *lib = path_join(&run->arena, path_parent(&run->arena, bin), "lib"), *found = NULL;
	struct version best = { 0 }, version;
	struct strings names = { 0 };

	world_list(run, lib, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.item[i];

		if (!str_starts(name, "python") || !lib_name(run, name + 6) ||
		    !world_is_file(run, str_format(&run->arena, "%s/%s/os.py", lib, name)))
			continue;
		version_parse(name + 6, &version, NULL);
		if (!found || version_compare(&version, &best) > 0) {
			found = name;
			best = version;
		}
	}
	return found;
}

/* The binary: behind links, and behind the copy that some environments have. */
static const char *
binary(struct run *run, const char *executable, const char *bin, const struct venv *venv)
{
	static const char *const names[] = { "python3", "python" };
	const char *real = world_real(run, executable), *inside = world_real(run, bin);

	if (!venv || !real || !inside || !path_below(real, inside))
		return real;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *base = world_real(run, path_join(&run->arena, venv->home, names[i]));

		if (base && world_is_program(run, base))
			return base;
	}
	return real;
}

/* Looks upward from bin for the standard library; without one the prefix is bin's parent. */
static const char *
find_base(struct run *run, const char *bin, struct python_layout *layout)
{
	static const char *const libs[] = { "lib", "lib64" };
	const char *directory = bin;

	layout->platlib = "lib";
	while (strcmp(directory, "/") != 0) {
		directory = path_parent(&run->arena, directory);
		for (size_t i = 0; i < sizeof(libs) / sizeof(libs[0]); i++) {
			const char *inside = path_join(&run->arena, directory, libs[i]);

			if (!world_is_file(run, str_format(&run->arena, "%s/%s/os.py", inside, layout->lib)))
				continue;
			layout->platlib = libs[i];
			return directory;
		}
	}
	return path_parent(&run->arena, bin);
}

static const char *
find_headers(struct run *run, const char *base, const char *lib)
{
	static const char *const flags[] = { "", "m", "d" };

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		const char *directory = str_format(&run->arena, "%s/include/%s%s", base, lib, flags[i]);

		if (world_is_file(run, path_join(&run->arena, directory, "Python.h")))
			return directory;
	}
	return NULL;
}

/* #define PY_VERSION "3.11.2", else what the environment wrote down of the same minor, else the minor. */
static struct version
full_version(struct run *run, const struct python *python, const char *lib, const char *noted)
{
	struct version minor, full;
	struct blob text = { 0 };
	const char *define;

	version_parse(lib + 6, &minor, NULL);
	if (python->include_dir)
		world_read(run, path_join(&run->arena, python->include_dir, "patchlevel.h"), 8192, &text);
	define = blob_find(&text, "#define PY_VERSION ");
	define = define ? strchr(define, '"') : NULL;
	if (define && version_parse(define + 1, &full, NULL) && version_has_prefix(&full, &minor))
		return full;
	if (noted && version_parse(noted, &full, NULL) && version_has_prefix(&full, &minor))
		return full;
	return minor;
}

static bool
is_script(struct run *run, const char *file)
{
	struct blob start;

	return world_read_at(run, file, 0, 2, &start) && start.size == 2 && memcmp(start.data, "#!", 2) == 0;
}

static const char *
find_lib(struct run *run, const char *real, const char *bin, const struct venv *venv)
{
	const char *name = path_name(real), *lib = NULL;

	if (!str_starts(name, "python"))
		return NULL;
	lib = lib_name(run, name + 6);
	if (!lib)
		lib = lib_beside(run, bin);
	return lib || !venv || !venv->version ? lib : lib_name(run, venv->version);
}

/* The folder of the base's program: an environment may stand on another one. */
static const char *
base_bin(struct run *run, const char *real, const struct venv *venv)
{
	struct venv deeper;
	const char *bin;

	if (!venv || !world_is_dir(run, venv->home))
		return path_parent(&run->arena, real);
	bin = venv->home;
	for (int i = 0; i < 8 && read_venv(run, bin, &deeper); i++)
		bin = deeper.home;
	return bin;
}

static const char *
tag_of(struct run *run, const char *lib)
{
	struct version version;
	const char *end;

	version_parse(lib + 6, &version, &end);
	return str_format(&run->arena, "cp%d%d%s", version.part[0], version.part[1], end);
}

bool
python_settle(struct run *run, const char *executable, struct python *out)
{
	struct python_layout layout = { 0 };
	struct python python = { .executable = executable };
	struct venv settings = { 0 }, *venv = NULL;
	const char *bin = path_parent(&run->arena, executable);

	if (read_venv(run, bin, &settings))
		venv = &settings;
	python.real = is_script(run, executable) ? NULL : binary(run, executable, bin, venv);
	if (!python.real) {
		run_trace(run, "python", executable, "a script, no interpreter");
		return false;
	}
	bin = base_bin(run, python.real, venv);
	layout.lib = find_lib(run, python.real, bin, venv);
	if (!layout.lib) {
		run_trace(run, "python", executable, "no interpreter whose version its files tell");
		return false;
	}
	python.base_prefix = find_base(run, bin, &layout);
	python.prefix = venv ? path_parent(&run->arena, path_parent(&run->arena, executable)) : python.base_prefix;
	layout.in_venv = venv != NULL;
	layout.system_site = venv && venv->system_site;
	python.tag = tag_of(run, layout.lib);
	python.include_dir = find_headers(run, python.base_prefix, layout.lib);
	python.version = full_version(run, &python, layout.lib, venv ? venv->version : NULL);
	python_sites(run, &layout, &python);
	*out = python;
	return true;
}
