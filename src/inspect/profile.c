/*
 * nvcc.profile, evaluated as nvcc does: NAME = value, ?= (unless set), += (prepend), =+ (append), $(NAME). nvcc itself sets
 * _HERE_ (its directory), _TARGET_DIR_ (targets/x86_64-linux where that folder exists beside bin, else empty and
 * _TARGET_SIZE_ is 64) and _NVVM_BRANCH_. Measured with nvcc 11.8 and 13.0 --dryrun. So one reader serves NVIDIA's, Debian's,
 * Fedora's, conda's and Nix's layouts: the toolkit itself says where its parts are.
 */
#include <linux/limits.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/toolkit_parts.h"

#define NAMES 32
#define LONGEST 65536	/* a value that names itself twice doubles with each line */
#define BLANKS " \t\r\n"

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

/* The name may stand in the middle of a text. */
static const char *
value_of(const struct variables *vars, const char *name, size_t length)
{
	for (int i = 0; i < vars->n; i++)
		if (strncmp(vars->item[i].name, name, length) == 0 && !vars->item[i].name[length])
			return vars->item[i].value;
	return "";
}

/* Writes the text with values in place of $(NAME); returns its length, also where to is NULL and nothing is written. */
static size_t
fill(const struct variables *vars, const char *text, char *to)
{
	size_t n = 0;

	while (*text) {
		const char *end = str_starts(text, "$(") ? strchr(text, ')') : NULL;
		const char *piece = end ? value_of(vars, text + 2, (size_t)(end - text) - 2) : text;
		size_t length = end ? strlen(piece) : 1;

		if (to)
			memcpy(to + n, piece, length);
		n += length;
		text = end ? end + 1 : text + 1;
	}
	return n;
}

/* A new text; NULL when it is longer than any sane value. */
static char *
expand(struct run *run, const struct variables *vars, const char *text)
{
	size_t length = fill(vars, text, NULL);
	char *out;

	if (length > LONGEST)
		return NULL;
	out = arena_alloc(&run->arena, length + 1);
	fill(vars, text, out);
	return out;
}

/* What is between blanks, cut out of the text itself: of a thousand toolkits no second copy of each line is kept. */
static char *
trim(char *text, size_t length)
{
	while (length && strchr(BLANKS, text[length - 1]))
		length--;
	text[length] = '\0';
	return text + strspn(text, BLANKS);
}

static void
assign(struct run *run, struct variables *vars, char *line)
{
	char *equals = strchr(line, '='), before, after;
	const char *name, *text, **value;

	if (!equals || equals == line || line[0] == '#')
		return;
	before = equals[-1];
	after = equals[1];
	name = trim(line, (size_t)(equals - line) - (before == '+' || before == '?'));
	equals += 1 + (after == '+');
	text = expand(run, vars, trim(equals, strlen(equals)));
	value = variable(vars, name);
	if (!value || !text || strlen(text) + strlen(*value) >= LONGEST)
		return;
	if (before == '+')
		*value = str_format(&run->arena, "%s %s", text, *value);
	else if (after == '+')
		*value = str_format(&run->arena, "%s %s", *value, text);
	else if (before != '?' || !**value)
		*value = text;
}

/* "…/bin/../include" without the way up, in place: bin is a real directory here, so ".." is its parent. */
static void
fold(char *path)
{
	char *to = path;

	for (const char *from = path; *(from += strspn(from, "/"));) {
		size_t length = strcspn(from, "/");

		if (length == 2 && memcmp(from, "..", 2) == 0) {
			while (to > path && *--to != '/')
				;
		} else if (length != 1 || *from != '.') {
			*to++ = '/';
			memmove(to, from, length);
			to += length;
		}
		from += length;
	}
	if (to == path)
		*to++ = '/';
	*to = '\0';
}

static void
add_dir(struct run *run, struct strings *dirs, const char *path, size_t length)
{
	char dir[PATH_MAX];

	if (!length || path[0] != '/' || length >= sizeof(dir))
		return;
	memcpy(dir, path, length);
	dir[length] = '\0';
	fold(dir);
	if (!strings_has(dirs, dir) && world_is_dir(run, dir))
		strings_add(&run->arena, dirs, str_copy(&run->arena, dir, strlen(dir)));
}

/* The directories behind -I, -L and -isystem in a list of flags, quoted or not. */
static void
add_flags(struct run *run, struct strings *dirs, const char *flags)
{
	while (*flags) {
		size_t n, letter;
		bool quoted;

		flags += strspn(flags, " \t");
		quoted = *flags == '"';
		flags += quoted;
		n = strcspn(flags, quoted ? "\"" : " \t");
		letter = n > 2 && (str_starts(flags, "-I") || str_starts(flags, "-L")) ? 2 : 0;
		add_dir(run, dirs, flags + letter, n - letter);
		flags += n + (quoted && flags[n]);
	}
}

static void
add_path(struct run *run, struct strings *dirs, const char *list)
{
	while (*(list += strspn(list, ":" BLANKS))) {
		size_t length = strcspn(list, ":"), n = length;

		while (strchr(BLANKS, list[n - 1]))
			n--;
		add_dir(run, dirs, list, n);
		list += length;
	}
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

static const char *
value(const struct variables *vars, const char *name)
{
	return value_of(vars, name, strlen(name));
}

bool
profile_read(struct run *run, const char *nvcc, struct profile *out)
{
	const char *here = path_parent(&run->arena, nvcc), *line;
	struct variables vars = { 0 };
	struct blob text;
	size_t at = 0, length;
	char *libdevice;

	if (!world_read(run, path_join(&run->arena, here, "nvcc.profile"), 65536, &text))
		return false;
	set_builtins(run, &vars, here);
	while (blob_line(&text, &at, &line, &length))
		assign(run, &vars, trim(text.data + (line - text.data), length));
	add_flags(run, &out->include_dirs, value(&vars, "INCLUDES"));
	add_flags(run, &out->include_dirs, value(&vars, "SYSTEM_INCLUDES"));
	add_flags(run, &out->lib_dirs, value(&vars, "LIBRARIES"));
	add_path(run, &out->tool_dirs, value(&vars, "PATH"));
	add_dir(run, &out->tool_dirs, here, strlen(here));
	libdevice = expand(run, &vars, "$(NVVMIR_LIBRARY_DIR)");
	if (libdevice && *libdevice == '/') {
		fold(libdevice);
		out->libdevice_dir = libdevice;
	}
	if (*value(&vars, "compiler-bindir"))
		out->compiler_dir = value(&vars, "compiler-bindir");
	return true;
}
