/*
 * sys.path without starting Python: PYTHONPATH, then what site.py adds (CPython 3.6 to 3.14; Debian's dist-packages and
 * Fedora's /usr/local by their own patches), and after each folder the folders that its .pth files name. Lines of .pth
 * files that are code ("import …") are not run; editable installs by such code are found in torch_place.c.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/python_parts.h"

static bool
add_folder(struct run *run, const char *folder, struct strings *list)
{
	if (strings_has(list, folder) || !world_is_dir(run, folder))
		return false;
	strings_add(&run->arena, list, folder);
	return true;
}

/* os.path.abspath: ".." is taken as text, links or not. */
static const char *
absolute(struct run *run, const char *from, const char *path)
{
	char *text = (char *)path_clean(&run->arena, from, path), *up;

	while ((up = strstr(text, "/..")) && (up[3] == '/' || !up[3])) {
		char *before = up;

		while (before > text && *--before != '/')
			;
		memmove(before, up + 3, strlen(up + 3) + 1);
	}
	return *text ? text : "/";
}

static void
add_named_by(struct run *run, const char *site, const char *file, struct strings *list)
{
	struct blob text = { 0 };
	const char *line;
	size_t at = 0, length;

	world_read(run, path_join(&run->arena, site, file), 1 << 20, &text);
	while (blob_line(&text, &at, &line, &length)) {
		const char *path = str_trim(&run->arena, line, length);

		if (*path && *path != '#' && !str_starts(path, "import ") && !str_starts(path, "import\t"))
			add_folder(run, absolute(run, site, path), list);
	}
}

/* site.addsitedir */
static void
add_site(struct run *run, const char *site, struct strings *list)
{
	struct strings names = { 0 };

	if (!add_folder(run, site, list))
		return;
	world_list(run, site, &names);
	for (size_t i = 0; i < names.n; i++)
		if (names.item[i][0] != '.' && str_ends(names.item[i], ".pth"))
			add_named_by(run, site, names.item[i], list);
}

static void
add_site_of(struct run *run, const char *prefix, const char *lib, const char *name, const char *packages,
	    struct strings *list)
{
	add_site(run, str_format(&run->arena, "%s/%s/%s/%s", strcmp(prefix, "/") ? prefix : "", lib, name, packages),
		 list);
}

/* site.getsitepackages for one prefix; Debian's Python keeps its own packages apart from everybody's site-packages. */
static void
add_prefix(struct run *run, const struct python_layout *layout, const char *prefix, bool debian, struct strings *list)
{
	if (!debian && strcmp(layout->platlib, "lib") != 0)
		add_site_of(run, prefix, layout->platlib, layout->lib, "site-packages", list);
	if (!debian || layout->in_venv)
		add_site_of(run, prefix, "lib", layout->lib, "site-packages", list);
	if (!debian)
		return;
	add_site_of(run, prefix, "local/lib", layout->lib, "dist-packages", list);
	add_site_of(run, prefix, "lib", "python3", "dist-packages", list);
	add_site_of(run, prefix, "lib", layout->lib, "dist-packages", list);
}

static void
add_pythonpath(struct run *run, struct strings *list)
{
	const char *value = run_env(run, "PYTHONPATH");
	struct strings pieces = { 0 };

	if (value)
		pieces = str_split(&run->arena, value, ':');
	for (size_t i = 0; i < pieces.n; i++)
		if (*pieces.item[i])
			add_folder(run, absolute(run, run->cwd, pieces.item[i]), list);
}

static void
add_user_site(struct run *run, const struct python_layout *layout, struct strings *list)
{
	const char *base = run_env(run, "PYTHONUSERBASE"), *home = run_env(run, "HOME");

	if (run_env(run, "PYTHONNOUSERSITE"))
		return;
	if (!base && home)
		base = path_join(&run->arena, home, ".local");
	if (base && *base == '/')
		add_site_of(run, base, "lib", layout->lib, "site-packages", list);
}

/* Its patch of site.py is known by the folders that no other distribution has. */
static bool
has_dist_packages(struct run *run, const char *lib)
{
	return world_is_dir(run, "/usr/lib/python3/dist-packages") ||
	       world_is_dir(run, str_format(&run->arena, "/usr/local/lib/%s/dist-packages", lib));
}

void
python_sites(struct run *run, const struct python_layout *layout, struct python *python)
{
	bool distribution = strcmp(python->base_prefix, "/usr") == 0;
	bool debian = distribution && has_dist_packages(run, layout->lib);
	struct strings *list = &python->site_dirs;

	add_pythonpath(run, list);
	if (layout->in_venv)
		add_prefix(run, layout, python->prefix, debian, list);
	if (layout->in_venv && !layout->system_site)
		return;
	add_user_site(run, layout, list);
	if (distribution && strcmp(layout->platlib, "lib") != 0)
		add_prefix(run, layout, "/usr/local", false, list);
	add_prefix(run, layout, python->base_prefix, debian, list);
}
