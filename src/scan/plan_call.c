/* Calls in a setup.py: glob, os.path, Path, getenv, the extensions themselves; any other gives its arguments back. */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "scan/plan_python.h"

#define ARGUMENTS 24
#define NAMED 256

struct arguments {
	struct value positional[ARGUMENTS];
	size_t n;
	struct { struct entry *item; size_t n; } named;
	bool recursive;
};

static const struct value *
named(const struct arguments *a, const char *name)
{
	for (size_t i = 0; i < a->named.n; i++)
		if (str_same(a->named.item[i].key, name))
			return &a->named.item[i].value;
	return NULL;
}

static void
read_arguments(struct reading_setup *r, struct arguments *out)
{
	r->at++;
	while (!setup_is(r, ")") && setup_token(r)->kind != TOKEN_LINE && setup_token(r)->kind != TOKEN_END) {
		const struct token *name = setup_token(r);
		bool keyword = name->kind == TOKEN_NAME && r->at + 1 < r->tokens.n && r->tokens.item[r->at + 1].kind == TOKEN_OP &&
			       str_same(r->tokens.item[r->at + 1].text, "=");
		size_t before = r->at;
		struct value value;

		r->at += keyword ? 2 : 0;
		if (keyword && str_same(name->text, "recursive"))
			out->recursive = setup_is(r, "True");
		if (!setup_take(r, "*"))
			setup_take(r, "**");
		value = setup_expression(r);
		if (keyword && out->named.n < NAMED)
			*list_add(&r->run->arena, &out->named) = (struct entry){ name->text, value };
		else if (!keyword && out->n < ARGUMENTS)
			out->positional[out->n++] = value;
		if (!setup_take(r, ",") && !setup_is(r, ")")) {
			int depth = 0;

			for (; setup_token(r)->kind != TOKEN_LINE && setup_token(r)->kind != TOKEN_END; r->at++) {
				const char *text = setup_token(r)->kind == TOKEN_OP ? setup_token(r)->text : "";

				depth += *text && strchr("([{", *text) ? 1 : 0;
				if (*text && strchr(")]}", *text) && depth-- == 0)
					break;
			}
		}
		if (r->at == before)
			r->at++;
	}
	setup_take(r, ")");
}

static struct value
one(struct reading_setup *r, const char *text)
{
	struct value value = { 0 };

	if (strlen(text) <= SETUP_TEXT)
		strings_add(&r->run->arena, &value.texts, text);
	return value;
}

static void
note_extension(struct reading_setup *r, const struct arguments *a, int line)
{
	struct extension *e = list_add(&r->run->arena, &r->extensions);
	const struct value *name = named(a, "name"), *value;

	e->line = line;
	name = name ? name : &a->positional[0];
	e->name = name->texts.n == 1 ? name->texts.item[0] : NULL;
	value = named(a, "sources");
	e->sources = value ? *value : a->positional[1];
	if ((value = named(a, "include_dirs")))
		e->include_dirs = *value;
	if ((value = named(a, "define_macros")))
		e->macros = *value;
	if ((value = named(a, "extra_compile_args")))
		e->args = *value;
}

/* os.path.join(a, b, …): what is not known is left out; the last may be a list. */
static struct value
join(struct reading_setup *r, const struct arguments *a)
{
	struct value out = { 0 };
	const char *before = "";

	for (size_t i = 0; i + 1 < a->n; i++)
		if (a->positional[i].texts.n == 1 && a->positional[i].texts.item[0][0] && strlen(before) < SETUP_TEXT)
			before = *before ? path_join(&r->run->arena, before, a->positional[i].texts.item[0])
					 : a->positional[i].texts.item[0];
	for (size_t i = 0; a->n && i < a->positional[a->n - 1].texts.n && setup_spend(r, SETUP_STEP); i++) {
		const char *last = a->positional[a->n - 1].texts.item[i];

		if (strlen(before) + strlen(last) < SETUP_TEXT)
			strings_add(&r->run->arena, &out.texts,
				    *before && *last != '/' ? path_join(&r->run->arena, before, last) : last);
	}
	return out;
}

/* The files as glob would give them, below the folder of setup.py and without its path. */
static struct value
glob(struct reading_setup *r, const struct arguments *a, const struct value *on, bool recursive)
{
	struct names found = { 0 };
	struct value out = { 0 };
	size_t n = strlen(r->dir);

	for (size_t i = 0; a->n && i < a->positional[0].texts.n; i++) {
		const char *pattern = a->positional[0].texts.item[i];

		if (on->texts.n == 1 && on->texts.item[0][0])
			pattern = path_join(&r->run->arena, on->texts.item[0], pattern);
		setup_glob(r, pattern, recursive || a->recursive, &found);
	}
	for (size_t i = 0; i < found.list.n; i++)
		strings_add(&r->run->arena, &out.texts, strncmp(found.list.item[i], r->dir, n) == 0
							? found.list.item[i] + n + 1 : found.list.item[i]);
	return out;
}

/* "csrc/{}.cu".format(name), "{0}" too; only the first value of each. */
static struct value
format(struct reading_setup *r, const struct arguments *a, const struct value *on)
{
	struct strings parts = { 0 };
	const char *text = on->texts.n ? on->texts.item[0] : "", *open, *close;
	size_t next = 0;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		const char *word = str_copy(&r->run->arena, open + 1, (size_t)(close - open - 1));
		size_t index = *word >= '0' && *word <= '9' ? (size_t)atoi(word) : next++;
		const struct value *value = named(a, word);

		value = value ? value : index < a->n ? &a->positional[index] : NULL;
		strings_add(&r->run->arena, &parts, str_copy(&r->run->arena, text, (size_t)(open - text)));
		if (value && value->texts.n)
			strings_add(&r->run->arena, &parts, value->texts.item[0]);
		text = close + 1;
	}
	strings_add(&r->run->arena, &parts, text);
	return one(r, strings_join(&r->run->arena, &parts, ""));
}

static struct value
environment(struct reading_setup *r, const struct arguments *a)
{
	const char *set = a->n && a->positional[0].texts.n == 1 ? setup_env(r, a->positional[0].texts.item[0]) : NULL;

	return set ? one(r, set) : a->n > 1 ? a->positional[1] : (struct value){ 0 };
}

/* A function that nobody knows: its arguments, which is true of list(), str(), Path() and most that a package has. */
static struct value
pass_through(struct reading_setup *r, const struct arguments *a, const struct value *on)
{
	struct value out = { 0 };

	value_join(r, &out, on);
	for (size_t i = 0; i < a->n; i++)
		value_join(r, &out, &a->positional[i]);
	return out;
}

static bool
is_any(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (str_same(name, *names))
			return true;
	return false;
}

struct value
setup_call(struct reading_setup *r, const char *name, const struct value *on)
{
	static const char *const parents[] = { "dirname", "parent", NULL }, *const globs[] = { "glob", "iglob", "rglob", NULL };
	static const char *const nothing[] = { "include_paths", "library_paths", "get_include", "get_paths", "get_path", "print",
					       "check_output", "run", "read", "open", "import_module", "version",
					       NULL };
	static const char *const firsts[] = { "relpath", "relative_to", "replace", "split", "strip", "rstrip", NULL };
	const struct value known = *setup_name(r, name);	/* extension = CUDAExtension */
	struct arguments all = { 0 }, *a = &all;
	int line = setup_token(r)->line;

	read_arguments(r, a);
	if (str_ends(name, "Extension") || named(a, "sources") || 
	    (known.texts.n == 1 && str_ends(known.texts.item[0], "Extension"))) {
		note_extension(r, a, line);
		return (struct value){ 0 };
	}
	if (is_any(name, globs))
		return glob(r, a, on, str_same(name, "rglob"));
	if (str_same(name, "join") || str_same(name, "joinpath")) {
		if (str_same(name, "join") && on->texts.n == 1)	/* " ".join(list) */
			return a->positional[0];
		return join(r, a);
	}
	if (is_any(name, parents) && a->n && a->positional[0].texts.n == 1)
		return one(r, strchr(a->positional[0].texts.item[0], '/')
				      ? path_parent(&r->run->arena, a->positional[0].texts.item[0]) : ".");
	if (str_same(name, "getenv") || (str_same(name, "get") && !on->entries.n))
		return environment(r, a);
	if (str_same(name, "format") && on->texts.n)
		return format(r, a, on);
	if (str_same(name, "getcwd") || str_same(name, "cwd"))
		return one(r, ".");
	if (is_any(name, nothing))
		return (struct value){ 0 };
	if (is_any(name, firsts))
		return on->texts.n ? *on : a->positional[0];
	return pass_through(r, a, on);
}
