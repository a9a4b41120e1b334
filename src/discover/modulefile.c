/*
 * A modulefile as text, Tcl or Lua: the directories that it gives to CUDA_HOME and its like, and to
 * PATH. Variables, string joining and pathJoin are understood, which is what EasyBuild, Spack,
 * NVIDIA and sites write; whatever else a line does makes it unreadable for us, and it is skipped.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

#define FILE_MAX 65536
#define LONGEST 1024 /* of a path; a variable that names itself twice doubles with each line */

struct variable {
	const char *name, *value;
};
struct module {
	struct run *run;
	struct {
		struct variable *item;
		size_t n;
	} variables;
	struct strings roots;
};

static const char *
value_of(struct module *module, const char *name, size_t length)
{
	for (size_t i = module->variables.n; i > 0; i--) {
		const struct variable *v = &module->variables.item[i - 1];

		if (strlen(v->name) == length && strncmp(v->name, name, length) == 0)
			return v->value;
	}
	return NULL;
}

static size_t
identifier(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

/* Tcl's $name and ${name} in a piece of text; NULL when one is not known or a command stands in
 * brackets. */
static const char *
expand(struct module *module, const char *text, size_t length)
{
	struct arena *arena = &module->run->arena;
	const char *in = str_copy(arena, text, length), *out = "", *dollar;

	if (strchr(in, '['))
		return NULL;
	while ((dollar = strchr(in, '$'))) {
		const char *name = dollar + 1 + (dollar[1] == '{');
		size_t n = identifier(name);
		const char *value = value_of(module, name, n);

		if (!value)
			return NULL;
		out = str_format(arena, "%s%.*s%s", out, (int)(dollar - in), in, value);
		in = name + n + (dollar[1] == '{' && name[n] == '}');
		if (strlen(out) > LONGEST)
			return NULL;
	}
	return str_format(arena, "%s%s", out, in);
}

/* One piece of an expression: a quoted string, a variable of Lua, a bare word of Tcl. Moves at
 * behind it. */
static const char *
piece(struct module *module, const char **at)
{
	const char *text = *at;
	size_t n;

	if (*text == '"' || *text == '\'') {
		n = strcspn(text + 1, *text == '"' ? "\"" : "'");
		*at = text + 1 + n + (text[n + 1] != '\0');
		return expand(module, text + 1, n);
	}
	n = identifier(text);
	if (n && value_of(module, text, n) && (!text[n] || strchr(" \t,().;", text[n]))) {
		*at = text + n;
		return value_of(module, text, n);
	}
	n = strcspn(text, " \t\",()");
	*at = text + n;
	return strchr("/$.", *text) || isdigit((unsigned char)*text) ? expand(module, text, n)
								     : NULL;
}

/* The value of "$root/bin", root .. "/bin", pathJoin(root, "bin") and the like, or NULL. */
static const char *
evaluate(struct module *module, const char *text)
{
	const char *out = "", *between = "", *next;
	bool join = false, more = true;

	for (text += strspn(text, " \t("); *text && *text != ')' && *text != '#';
	     text += strspn(text, " \t(")) {
		if (str_starts(text, "pathJoin")) {
			join = true;
			text += strlen("pathJoin");
		} else if (str_starts(text, "..") || (*text == ',' && join)) {
			between = *text == ',' ? "/" : "";
			more = true;
			text += *text == ',' ? 1 : 2;
		} else if (!more || *text == ',') {
			break;
		} else {
			next = piece(module, &text);
			if (!next || strlen(out) > LONGEST)
				return NULL;
			out = str_format(&module->run->arena, "%s%s%s", out, between, next);
			more = false;
		}
	}
	return *out && strlen(out) <= LONGEST ? out : NULL;
}

static void
set_variable(struct module *module, const char *text)
{
	struct variable variable = { 0 };
	size_t n = identifier(text);

	variable.name = str_copy(&module->run->arena, text, n);
	text += n;
	text += strspn(text, " \t=");
	variable.value = evaluate(module, text);
	if (n && variable.value)
		*list_add(&module->run->arena, &module->variables) = variable;
}

/* NAME VALUE of setenv and prepend-path, with Lua's brackets and quotes or without. */
static void
take(struct module *module, const char *text, bool is_path)
{
	static const char *const homes[] = { "CUDA_HOME",         "CUDA_PATH", "CUDA_ROOT",
					     "CUDATOOLKIT_HOME",  "CUDA_DIR",  "CUDADIR",
					     "CUDA_INSTALL_PATH", "EBROOTCUDA" };
	const char *name, *value;
	bool wanted = false;

	text += strspn(text, " \t(\"'");
	name = str_copy(&module->run->arena, text, identifier(text));
	text += strlen(name);
	text += *text == '"' || *text == '\'';
	text += strspn(text, " \t,");
	for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++)
		wanted = wanted || (!is_path && strcmp(name, homes[i]) == 0);
	if (!wanted && !(is_path && strcmp(name, "PATH") == 0))
		return;
	value = evaluate(module, text);
	if (!value || value[0] != '/')
		return;
	if (!is_path || str_ends(value, "/bin"))
		strings_add_once(&module->run->arena, &module->roots, value);
}

static void
read_line(struct module *module, const char *line)
{
	static const struct {
		const char *word;
		bool is_path, is_set;
	} words[] = {
		{ "setenv", false, false },      { "pushenv", false, false },
		{ "prepend-path", true, false }, { "prepend_path", true, false },
		{ "append-path", true, false },  { "append_path", true, false },
		{ "set ", false, true },         { "local ", false, true },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *rest = line + strlen(words[i].word);

		if (!str_starts(line, words[i].word))
			continue;
		if (words[i].is_set)
			set_variable(module, rest + strspn(rest, " \t"));
		else
			take(module, rest, words[i].is_path);
		return;
	}
}

struct strings
modulefile_roots(struct run *run, const char *file)
{
	struct module module = { .run = run };
	struct variable version = { "myModuleVersion", path_name(file) };
	struct blob text;
	const char *line;
	size_t at = 0, length;

	if (str_ends(version.value, ".lua"))
		version.value = str_copy(&run->arena, version.value, strlen(version.value) - 4);
	*list_add(&run->arena, &module.variables) = version;
	if (!world_read(run, file, FILE_MAX, &text))
		return module.roots;
	while (blob_line(&text, &at, &line, &length))
		read_line(&module, str_trim(&run->arena, line, length));
	return module.roots;
}
