/* Statements of a setup.py, followed in their order; the body of a function where it is defined. */
#include <string.h>

#include "scan/plan_python.h"

#define ITEMS_MAX 500		/* of a loop */
#define DEPTH_MAX 40

static void run_block(struct reading_setup *r, int indent);

static int
line_indent(struct reading_setup *r)
{
	const struct token *token = setup_token(r);

	return token->kind == TOKEN_LINE ? token->indent : -1;
}

static bool
at_end(struct reading_setup *r)
{
	return r->at + 1 >= r->tokens.n || setup_token(r)->kind == TOKEN_END;
}

static void
to_next_line(struct reading_setup *r)
{
	while (!at_end(r) && setup_token(r)->kind != TOKEN_LINE)
		r->at++;
}

/* Past all lines that are deeper than that. */
static void
skip_block(struct reading_setup *r, int indent)
{
	for (to_next_line(r); !at_end(r) && line_indent(r) > indent; to_next_line(r))
		r->at++;
}

/* What stands behind a ':', on the same line or below it. */
static void
run_body(struct reading_setup *r, int indent)
{
	while (!at_end(r) && setup_token(r)->kind != TOKEN_LINE && !setup_is(r, ":"))
		r->at++;
	setup_take(r, ":");
	run_block(r, indent);
}

static void
run_if(struct reading_setup *r, int indent)
{
	enum truth truth = setup_condition(r);
	bool done = truth == TRUE;

	if (truth != FALSE)
		run_body(r, indent);
	else
		skip_block(r, indent);
	while (!at_end(r) && line_indent(r) == indent) {
		size_t at = r->at++;

		if (setup_take(r, "elif")) {
			truth = done ? FALSE : setup_condition(r);
		} else if (setup_take(r, "else")) {
			truth = done ? FALSE : TRUE;
		} else {
			r->at = at;
			return;
		}
		if (truth != FALSE)
			run_body(r, indent);
		else
			skip_block(r, indent);
		done = done || truth == TRUE;
	}
}

static void
run_for(struct reading_setup *r, int indent)
{
	const char *name = setup_token(r)->kind == TOKEN_NAME ? setup_token(r)->text : NULL;
	struct value list = { 0 };
	size_t body;

	r->at++;
	if (setup_take(r, "in"))
		list = setup_expression(r);
	body = r->at;
	for (size_t i = 0; name && i < list.texts.n && i < ITEMS_MAX && setup_spend(r, SETUP_STEP); i++) {
		struct value *item = setup_name(r, name);

		*item = (struct value){ 0 };
		strings_add(&r->run->arena, &item->texts, list.texts.item[i]);
		r->at = body;
		run_body(r, indent);
	}
	if (r->at == body)
		skip_block(r, indent);
}

static const char *
plain(const char *path)
{
	return str_starts(path, "./") ? path + 2 : path;
}

static void
remove_text(struct value *from, const struct value *what)
{
	size_t n = 0;

	for (size_t i = 0; i < from->texts.n; i++)
		if (!what->texts.n || !str_same(plain(from->texts.item[i]), plain(what->texts.item[0])))
			from->texts.item[n++] = from->texts.item[i];
	from->texts.n = n;
}

/* What an assignment changes. Reading an expression makes names, and that moves them: ask after it. */
struct target { const char *name, *key; };

static struct value *
value_of(struct reading_setup *r, const struct target *target)
{
	struct value *value = setup_name(r, target->name);

	return target->key ? value_entry(r, value, target->key) : value;
}

/* list.append(x), list.extend(x), dictionary.update(x), list.remove(x); false when it is another call. */
static bool
run_method(struct reading_setup *r, const struct target *target)
{
	static const char *const adding[] = { "append", "extend", "update", "insert" };
	const char *name = r->at + 1 < r->tokens.n ? r->tokens.item[r->at + 1].text : "";
	bool adds = false;
	struct value value;

	for (size_t i = 0; i < sizeof(adding) / sizeof(adding[0]); i++)
		adds = adds || str_same(name, adding[i]);
	if (!setup_is(r, ".") || (!adds && !str_same(name, "remove")))
		return false;
	r->at += 2;
	if (!setup_take(r, "("))
		return false;
	if (str_same(name, "insert")) {
		setup_expression(r);
		setup_take(r, ",");
	}
	value = setup_expression(r);
	if (adds)
		value_join(r, value_of(r, target), &value);
	else
		remove_text(value_of(r, target), &value);
	return true;
}

/* name = …, name += …, name["key"] = …, name: type = …, name.append(…); false when it is none of these. */
static bool
run_assignment(struct reading_setup *r)
{
	struct target target = { setup_token(r)->kind == TOKEN_NAME ? setup_token(r)->text : NULL, NULL };
	struct value value, key, fresh = { 0 };
	bool adds;

	if (!target.name)
		return false;
	r->at++;
	if (setup_take(r, "[")) {
		key = setup_expression(r);
		if (!setup_take(r, "]") || key.texts.n != 1)
			return false;
		target.key = key.texts.item[0];
	}
	if (run_method(r, &target))
		return true;
	if (setup_take(r, ":"))
		while (!at_end(r) && setup_token(r)->kind != TOKEN_LINE && !setup_is(r, "="))
			r->at++;
	adds = setup_take(r, "+=");
	if (!adds && !setup_take(r, "="))
		return false;
	value = setup_expression(r);
	if (!adds)
		*value_of(r, &target) = fresh;
	value_join(r, value_of(r, &target), &value);
	return true;
}

static void
run_simple(struct reading_setup *r)
{
	size_t first = r->at;

	if (!setup_take(r, "return")) {
		if (run_assignment(r))
			return;
		r->at = first;
	}
	while (!at_end(r) && setup_token(r)->kind != TOKEN_LINE) {
		size_t at = r->at;

		setup_expression(r);
		r->at += r->at == at;
	}
}

static void
run_statement(struct reading_setup *r, int indent)
{
	static const char *const passed_over[] = {
		"class", "except", "import", "from", "while", "raise", "assert", "del", "global", "@"
	};
	static const char *const entered[] = { "def", "with", "try", "else", "finally", "async" };

	for (size_t i = 0; i < sizeof(passed_over) / sizeof(passed_over[0]); i++)
		if (setup_is(r, passed_over[i])) {
			skip_block(r, indent);
			return;
		}
	for (size_t i = 0; i < sizeof(entered) / sizeof(entered[0]); i++)
		if (setup_is(r, entered[i])) {
			to_next_line(r);
			return;
		}
	if (setup_take(r, "if"))
		run_if(r, indent);
	else if (setup_take(r, "for"))
		run_for(r, indent);
	else
		run_simple(r);
}

/* The rest of this line, and all lines deeper than indent. */
static void
run_block(struct reading_setup *r, int indent)
{
	if (++r->depth > DEPTH_MAX) {
		skip_block(r, indent);
		r->depth--;
		return;
	}
	if (setup_token(r)->kind != TOKEN_LINE)
		run_simple(r);
	to_next_line(r);
	while (!at_end(r) && line_indent(r) > indent && setup_spend(r, SETUP_STEP)) {
		int own = line_indent(r);

		r->at++;
		if (!at_end(r))
			run_statement(r, own);
		to_next_line(r);
	}
	r->depth--;
}

void
setup_read(struct reading_setup *r)
{
	r->at = 0;
	r->stop = r->tokens.n;
	run_block(r, -1);
}
