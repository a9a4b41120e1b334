/*
 * nvcc.profile, evaluated as nvcc does: NAME = value, ?= (unless set), += (prepend), =+ (append), $(NAME). nvcc itself sets
 * _HERE_ (its directory), _TARGET_DIR_ (targets/x86_64-linux where that folder exists beside bin, else empty and
 * _TARGET_SIZE_ is 64) and _NVVM_BRANCH_. Measured with nvcc 11.8 and 13.0 --dryrun. So one reader serves NVIDIA's, Debian's,
 * Fedora's, conda's and Nix's layouts: the toolkit itself says where its parts are.
 */
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/toolkit_parts.h"

#define NAMES 32
#define LONGEST 65536	/* a value that names itself twice doubles with each line */

struct variables {
	int n;
	struct { const char *name, *value; } item[NAMES];
};

static const char **
variable(struct variables *vars, const char *name)
{
	for (int i = 0; i < vars->n; i++)
		if (strcmp(vars->item[i].name, name) == 0)
			return &vars->item[i].value;
	if (vars->n == NAMES)
		return NULL;
	vars->item[vars->n].name = name;
	vars->item[vars->n].value = "";
	return &vars->item[vars->n++].value;
}

static const char *
value_of(struct variables *vars, const char *name)
{
	const char **value = variable(vars, name);

	return value ? *value : "";
}

static const char *
expand(struct run *run, struct variables *vars, const char *text)
{
	const char *result = "", *start, *end;

	while ((start = strstr(text, "$(")) && (end = strchr(start, ')'))) {
		const char *name = str_copy(&run->arena, start + 2, (size_t)(end - start) - 2);

		result = str_format(&run->arena, "%s%.*s%s", result, (int)(start - text), text, value_of(vars, name));
		text = end + 1;
	}
	return str_format(&run->arena, "%s%s", result, text);
}

static void
assign(struct run *run, struct variables *vars, const char *line)
{
	const char *equals = strchr(line, '='), *name, *text;
	const char **value;
	char before, after;

	if (!equals || equals == line || line[0] == '#')
		return;
	before = equals[-1];
	after = equals[1];
	name = str_trim(&run->arena, line, (size_t)(equals - line) - (before == '+' || before == '?'));
	text = equals + 1 + (after == '+');
	text = expand(run, vars, str_trim(&run->arena, text, strlen(text)));
	value = variable(vars, name);
	if (!value || strlen(text) > LONGEST)
		return;
	if (before == '+')
		*value = str_format(&run->arena, "%s %s", text, *value);
	else if (after == '+')
		*value = str_format(&run->arena, "%s %s", *value, text);
	else if (before != '?' || !**value)
		*value = text;
}

/* "…/bin/../include" without the way up: bin is a real directory here, so ".." is its parent. */
static const char *
fold(struct run *run, const char *path)
{
	const char *clean = path_clean(&run->arena, "/", path), *up;

	while ((up = strstr(clean, "/../")) && up != clean) {
		const char *before = path_parent(&run->arena, str_copy(&run->arena, clean, (size_t)(up - clean)));

		clean = path_join(&run->arena, strcmp(before, "/") ? before : "", up + 3 + (before[1] == '\0'));
	}
	return path_clean(&run->arena, "/", clean);
}

static void
add_dir(struct run *run, struct strings *dirs, const char *path)
{
	const char *dir;

	if (path[0] != '/')
		return;
	dir = fold(run, path);
	if (!strings_has(dirs, dir) && world_is_dir(run, dir))
		strings_add(&run->arena, dirs, dir);
}

/* The directories behind -I, -L and -isystem in a list of flags, quoted or not. */
static void
add_flags(struct run *run, struct strings *dirs, const char *flags)
{
	while (*flags) {
		const char *word;
		char quote;
		size_t n;

		flags += strspn(flags, " \t");
		quote = *flags == '"' ? '"' : ' ';
		flags += quote == '"';
		n = quote == '"' ? strcspn(flags, "\"") : strcspn(flags, " \t");
		word = str_copy(&run->arena, flags, n);
		flags += n + (quote == '"' && flags[n]);
		add_dir(run, dirs, str_starts(word, "-I") || str_starts(word, "-L") ? word + 2 : word);
	}
}

static void
add_path(struct run *run, struct strings *dirs, const char *list)
{
	struct strings pieces = str_split(&run->arena, list, ':');

	for (size_t i = 0; i < pieces.n; i++)
		add_dir(run, dirs, str_trim(&run->arena, pieces.item[i], strlen(pieces.item[i])));
}

/* nvcc looks for the target that it was built for; a foreign targets/ folder beside it (conda's cross packages) is not it. */
static void
set_builtins(struct run *run, struct variables *vars, const char *here)
{
	static const char *const targets[] = { "targets/x86_64-linux", "targets/sbsa-linux", "targets/aarch64-linux" };
	const char *top = path_parent(&run->arena, here);

	*variable(vars, "_HERE_") = here;
	*variable(vars, "_SPACE_") = " ";
	*variable(vars, "_NVVM_BRANCH_") = "nvvm";
	*variable(vars, "_TARGET_SIZE_") = "64";
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		if (world_is_dir(run, path_join(&run->arena, top, targets[i]))) {
			*variable(vars, "_TARGET_DIR_") = targets[i];
			*variable(vars, "_TARGET_SIZE_") = "";
			return;
		}
}

bool
profile_read(struct run *run, const char *nvcc, struct profile *out)
{
	const char *here = path_parent(&run->arena, nvcc), *line;
	struct variables vars = { 0 };
	struct blob text;
	size_t at = 0, length;

	if (!world_read(run, path_join(&run->arena, here, "nvcc.profile"), 65536, &text))
		return false;
	set_builtins(run, &vars, here);
	while (blob_line(&text, &at, &line, &length))
		assign(run, &vars, str_trim(&run->arena, line, length));
	add_flags(run, &out->include_dirs, value_of(&vars, "INCLUDES"));
	add_flags(run, &out->include_dirs, value_of(&vars, "SYSTEM_INCLUDES"));
	add_flags(run, &out->lib_dirs, value_of(&vars, "LIBRARIES"));
	add_path(run, &out->tool_dirs, value_of(&vars, "PATH"));
	add_dir(run, &out->tool_dirs, here);
	if (*value_of(&vars, "NVVMIR_LIBRARY_DIR") == '/')
		out->libdevice_dir = fold(run, value_of(&vars, "NVVMIR_LIBRARY_DIR"));
	return true;
}
