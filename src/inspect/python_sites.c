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

#define FOLDERS_MAX 500		/* of sys.path; environments have some five */
#define LONGEST 4096
#define LINES_MAX 20000		/* of all .pth files */

struct search {
	struct run *run;
	struct strings *list;
	int lines;
};

static bool
add_folder(struct search *search, const char *folder)
{
	struct run *run = search->run;

	if (strings_has(search->list, folder) || !world_is_dir(run, folder))
		return false;
	if (search->list->n == FOLDERS_MAX) {
		run_left_out(run, "sys.path", str_format(&run->arena, "%d of its folders are looked into", FOLDERS_MAX));
		return false;
	}
	strings_add(&run->arena, search->list, folder);
	return true;
}

/* What is longer is no path. */
static bool
is_path(const char *line)
{
	return *line && *line != '#' && !str_starts(line, "import ") && !str_starts(line, "import\t") && strlen(line) <= LONGEST;
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
add_named_by(struct search *search, const char *site, const char *file)
{
	struct run *run = search->run;
	struct blob text = { 0 };
	const char *line;
	size_t at = 0, length;

	world_read(run, path_join(&run->arena, site, file), 1 << 20, &text);
	while (blob_line(&text, &at, &line, &length)) {
		const char *path = str_trim(&run->arena, line, length);

		if (!is_path(path))
			continue;
		if (search->lines++ == LINES_MAX)
			run_left_out(run, site, str_format(&run->arena, "%d lines of .pth files are read", LINES_MAX));
		if (search->lines > LINES_MAX)
			return;
		add_folder(search, absolute(run, site, path));
	}
}

/* site.addsitedir */
static void
add_site(struct search *search, const char *site)
{
	struct run *run = search->run;
	struct strings names = { 0 };

	if (!add_folder(search, site))
		return;
	world_list(run, site, &names);
	for (size_t i = 0; i < names.n; i++)
		if (names.item[i][0] != '.' && str_ends(names.item[i], ".pth"))
			add_named_by(search, site, names.item[i]);
}

static void
add_site_of(struct search *search, const char *prefix, const char *lib, const char *name, const char *packages)
{
	add_site(search, str_format(&search->run->arena, "%s/%s/%s/%s", strcmp(prefix, "/") ? prefix : "", lib, name, packages));
}

/* site.getsitepackages for one prefix; Debian's Python keeps its own packages apart from everybody's site-packages. */
static void
add_prefix(struct search *search, const struct python_layout *layout, const char *prefix, bool debian)
{
	if (!debian && strcmp(layout->platlib, "lib") != 0)
		add_site_of(search, prefix, layout->platlib, layout->lib, "site-packages");
	if (!debian || layout->in_venv)
		add_site_of(search, prefix, "lib", layout->lib, "site-packages");
	if (!debian)
		return;
	add_site_of(search, prefix, "local/lib", layout->lib, "dist-packages");
	add_site_of(search, prefix, "lib", "python3", "dist-packages");
	add_site_of(search, prefix, "lib", layout->lib, "dist-packages");
}

static void
add_pythonpath(struct search *search)
{
	struct run *run = search->run;
	const char *value = run_env(run, "PYTHONPATH");
	struct strings pieces = { 0 };

	if (value)
		pieces = str_split(&run->arena, value, ':');
	for (size_t i = 0; i < pieces.n; i++)
		if (*pieces.item[i])
			add_folder(search, absolute(run, run->cwd, pieces.item[i]));
}

static void
add_user_site(struct search *search, const struct python_layout *layout)
{
	struct run *run = search->run;
	const char *base = run_env(run, "PYTHONUSERBASE"), *home = run_env(run, "HOME");

	if (run_env(run, "PYTHONNOUSERSITE"))
		return;
	if (!base && home)
		base = path_join(&run->arena, home, ".local");
	if (base && *base == '/')
		add_site_of(search, base, "lib", layout->lib, "site-packages");
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
	struct search search = { run, &python->site_dirs, 0 };

	add_pythonpath(&search);
	if (layout->in_venv)
		add_prefix(&search, layout, python->prefix, debian);
	if (layout->in_venv && !layout->system_site)
		return;
	add_user_site(&search, layout);
	if (distribution && strcmp(layout->platlib, "lib") != 0)
		add_prefix(&search, layout, "/usr/local", false);
	add_prefix(&search, layout, python->base_prefix, debian);
}
