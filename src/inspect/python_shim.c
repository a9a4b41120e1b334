/*
 * pyenv's shims: small bash scripts in $PYENV_ROOT/shims, one for each program name, that start `pyenv exec`. What they
 * start is decided as pyenv-version-name, pyenv-version-file, pyenv-latest and pyenv-which of pyenv 2.4 do: PYENV_VERSION,
 * .python-version from the current directory upward, $PYENV_ROOT/version, and at last the program behind the shims.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/python_parts.h"

/* The PYENV_ROOT that the shim itself exports; NULL when program is no shim. */
static const char *
shim_root(struct run *run, const char *program)
{
	static const char export[] = "export PYENV_ROOT=\"";
	struct blob text;
	const char *start, *end;

	if (!world_read_at(run, program, 0, 2048, &text) || !str_starts(text.data, "#!") ||
	    !blob_find(&text, "pyenv\" exec ") || !(start = blob_find(&text, export)))
		return NULL;
	start += sizeof(export) - 1;
	end = memchr(start, '"', text.size - (size_t)(start - text.data));
	return end && end > start ? str_copy(&run->arena, start, (size_t)(end - start)) : NULL;
}

/* Each line's first word; comments and paths that climb are left out. */
static struct strings
versions_in(struct run *run, const char *file)
{
	struct strings versions = { 0 };
	struct blob text = { 0 };
	const char *line;
	size_t at = 0, length;

	world_read(run, file, 16384, &text);
	while (blob_line(&text, &at, &line, &length)) {
		const char *word = str_trim(&run->arena, line, length);

		word = str_copy(&run->arena, word, strcspn(word, " \t\r"));
		if (*word && *word != '#' && *word != '/' && !strstr(word, ".."))
			strings_add(&run->arena, &versions, word);
	}
	return versions;
}

static struct strings
versions_wanted(struct run *run, const char *root)
{
	const char *word = run_env(run, "PYENV_VERSION"), *directory = run_env(run, "PYENV_DIR");

	if (word)
		return str_split(&run->arena, word, ':');
	for (directory = directory && *directory == '/' ? directory : run->cwd;;
	     directory = path_parent(&run->arena, directory)) {
		const char *file = path_join(&run->arena, directory, ".python-version");

		if (world_is_file(run, file))
			return versions_in(run, file);
		if (strcmp(directory, "/") == 0)
			return versions_in(run, path_join(&run->arena, root, "version"));
	}
}

/* 3.13.0rc1, 3.14.0a2, 3.13-dev, and 3.13.0t where no t was asked for, are never the latest. */
static bool
is_release(const char *name, bool threads)
{
	size_t n = strlen(name), digits = n;

	while (digits && isdigit((unsigned char)name[digits - 1]))
		digits--;
	if (digits < n && digits && strchr("abc", name[digits - 1]))
		return false;
	if (str_ends(name, "-dev") || str_ends(name, "-src") || str_ends(name, "-latest"))
		return false;
	return threads == (n > 1 && name[n - 1] == 't' && isdigit((unsigned char)name[n - 2]));
}

/* The newest installed version that word is a prefix of: 3.11 is 3.11.7. */
static const char *
latest(struct run *run, const char *versions, const char *word)
{
	struct version best = { 0 }, version;
	struct strings names = { 0 };
	const char *found = NULL;
	size_t n = strlen(word);
	bool threads = n > 1 && word[n - 1] == 't' && isdigit((unsigned char)word[n - 2]);

	n -= threads;
	world_list(run, versions, &names);
	for (size_t i = 0; n && i < names.n; i++) {
		const char *name = names.item[i];

		if (strncmp(name, word, n) || (name[n] != '.' && name[n] != '-') || !is_release(name, threads) ||
		    !version_parse(name + n + 1, &version, NULL) || (found && version_compare(&version, &best) <= 0))
			continue;
		best = version;
		found = name;
	}
	return found;
}

/* The folder of one version as a user writes it: "3.11.7", "python-3.11", "3.11", a virtual environment's name. */
static const char *
version_folder(struct run *run, const char *root, const char *word)
{
	const char *versions = path_join(&run->arena, root, "versions");

	for (int plain = 0; plain < 2; plain++) {
		const char *folder, *name = plain && str_starts(word, "python-") ? word + 7 : word;

		folder = path_join(&run->arena, versions, name);
		if (*name && world_is_dir(run, folder))
			return folder;
		name = latest(run, versions, name);
		if (name)
			return path_join(&run->arena, versions, name);
	}
	return NULL;
}

static const char *
system_program(struct run *run, const char *name)
{
	const char *program;

	for (int i = 0; (program = world_on_path(run, name, i)); i++)
		if (!shim_root(run, program))
			return program;
	return NULL;
}

const char *
python_behind_shim(struct run *run, const char *program)
{
	const char *root = shim_root(run, program), *name = path_name(program);
	struct strings versions;

	if (!root)
		return program;
	versions = versions_wanted(run, root);
	for (size_t i = 0; i < versions.n && strcmp(versions.item[i], "system"); i++) {
		const char *folder = version_folder(run, root, versions.item[i]);
		const char *inside = folder ? str_format(&run->arena, "%s/bin/%s", folder, name) : NULL;

		if (inside && world_is_program(run, inside))
			return inside;
	}
	return system_program(run, name);
}
