/* Expressions of a setup.py: what can be known of them without running it. */
#include <string.h>

#include "base/path.h"
#include "scan/plan_python.h"

#define ITEMS_MAX 2000		/* of one comprehension */

static struct value
text_value(struct reading_setup *r, const char *text)
{
	struct value value = { 0 };

	if (strlen(text) <= SETUP_TEXT)
		strings_add(&r->run->arena, &value.texts, text);
	return value;
}

/* f"csrc/{name}.cu": what is known put in, the rest left out. */
static const char *
fill(struct reading_setup *r, const char *text)
{
	struct strings parts = { 0 };
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		const char *name = str_trim(&r->run->arena, open + 1, (size_t)(close - open - 1));
		const struct value *known = setup_name(r, name);

		strings_add(&r->run->arena, &parts, str_copy(&r->run->arena, text, (size_t)(open - text)));
		if (known->texts.n == 1)
			strings_add(&r->run->arena, &parts, known->texts.item[0]);
		text = close + 1;
	}
	strings_add(&r->run->arena, &parts, text);
	return strings_join(&r->run->arena, &parts, "");
}

static struct value
read_text(struct reading_setup *r)
{
	struct strings parts = { 0 };

	for (;; r->at++) {
		const struct token *token = setup_token(r);

		if (token->kind != TOKEN_TEXT && token->kind != TOKEN_FORMAT)
			break;
		if (strlen(token->text) <= SETUP_TEXT && setup_spend(r, strlen(token->text)))
			strings_add(&r->run->arena, &parts, token->kind == TOKEN_FORMAT ? fill(r, token->text) : token->text);
	}
	return text_value(r, strings_join(&r->run->arena, &parts, ""));
}

/* Past what is left of brackets, up to the one that closes them. */
static void
skip_to_close(struct reading_setup *r)
{
	int depth = 0;

	for (; setup_token(r)->kind != TOKEN_END && setup_token(r)->kind != TOKEN_LINE; r->at++) {
		const struct token *token = setup_token(r);

		if (token->kind != TOKEN_OP)
			continue;
		if (strchr("([{", token->text[0]))
			depth++;
		else if (strchr(")]}", token->text[0]) && depth-- == 0)
			return;
	}
}

/* [expr for name in list if …]: the token after the first expression is "for"; body is where that expression begins. */
static struct value
comprehension(struct reading_setup *r, size_t body)
{
	struct value out = { 0 }, list;
	const char *name;
	size_t end;

	r->at++;
	name = setup_token(r)->kind == TOKEN_NAME ? setup_token(r)->text : NULL;
	r->at++;
	if (!name || !setup_take(r, "in")) {
		skip_to_close(r);
		return out;
	}
	list = setup_expression(r);
	skip_to_close(r);
	end = r->at;
	for (size_t i = 0; i < list.texts.n && i < ITEMS_MAX && setup_spend(r, SETUP_STEP); i++) {
		struct value item = text_value(r, list.texts.item[i]);

		*setup_name(r, name) = item;
		r->at = body;
		item = setup_expression(r);
		value_join(r, &out, &item);
	}
	r->at = end;
	return out;
}

/* What stands between brackets, up to close. ("A", None) and ("A", "1"), as macros are written, become A and A=1. */
static struct value
read_list(struct reading_setup *r, const char *close, bool tuple)
{
	struct value out = { 0 }, first = { 0 }, item;
	size_t count = 0, commas = 0;

	r->at++;
	while (!setup_is(r, close) && setup_token(r)->kind != TOKEN_LINE && setup_token(r)->kind != TOKEN_END) {
		size_t body = r->at;

		setup_take(r, "*");
		item = setup_expression(r);
		if (setup_is(r, "for"))
			item = comprehension(r, body);
		first = count++ ? first : item;
		value_join(r, &out, &item);
		if (setup_take(r, ","))
			commas++;
		else if (!setup_is(r, close))
			skip_to_close(r);
		if (r->at == body)
			break;	/* another bracket closes */
	}
	setup_take(r, close);
	if (tuple && count == 2 && commas && first.texts.n == 1 && item.texts.n <= 1)
		return text_value(r, item.texts.n ? str_format(&r->run->arena, "%s=%s", first.texts.item[0], item.texts.item[0])
						  : first.texts.item[0]);
	return out;
}

static struct value
read_dictionary(struct reading_setup *r)
{
	struct value out = { 0 }, key, value;

	r->at++;
	while (!setup_is(r, "}") && setup_token(r)->kind != TOKEN_LINE && setup_token(r)->kind != TOKEN_END) {
		size_t before = r->at;
		bool unpacked = setup_take(r, "**");

		key = setup_expression(r);
		if (unpacked) {
			value_join(r, &out, &key);
		} else if (setup_take(r, ":")) {
			value = setup_expression(r);
			if (key.texts.n == 1)
				value_join(r, value_entry(r, &out, key.texts.item[0]), &value);
		} else {
			value_join(r, &out, &key);
		}
		if (!setup_take(r, ",") && !setup_is(r, "}"))
			skip_to_close(r);
		if (r->at == before)
			break;
	}
	setup_take(r, "}");
	return out;
}

/* value["key"]; another index keeps all. */
static struct value
read_index(struct reading_setup *r, struct value value)
{
	struct value key, out = { 0 };

	r->at++;
	key = setup_expression(r);
	skip_to_close(r);
	setup_take(r, "]");
	if (key.texts.n != 1 || !value.entries.n)
		return value;
	value_join(r, &out, value_entry(r, &value, key.texts.item[0]));
	return out;
}

/* A name, with what follows it: .attribute, (arguments), [index]. */
static struct value
read_trailers(struct reading_setup *r, const char *name, struct value value)
{
	const struct value none = { 0 };
	struct value on = none;

	for (;;) {
		if (setup_is(r, "(")) {
			value = setup_call(r, name ? name : "", name ? &on : &value);
			name = NULL;
		} else if (setup_is(r, "[")) {
			value = read_index(r, value);
			name = NULL;
		} else if (setup_take(r, ".")) {
			on = value;
			name = setup_token(r)->text;
			r->at++;
			if (str_same(name, "parent") && value.texts.n == 1)
				value = text_value(r, strchr(value.texts.item[0], '/')
							      ? path_parent(&r->run->arena, value.texts.item[0]) : ".");
			else if (!setup_is(r, "("))
				value = none;
		} else {
			return value;
		}
	}
}

/* A copy of what a name has. */
static void
known(struct reading_setup *r, const char *name, struct value *out)
{
	const struct value value = *setup_name(r, name);

	value_join(r, out, &value);
}

static struct value
read_name(struct reading_setup *r)
{
	const char *name = setup_token(r)->text;
	struct value value = { 0 };

	r->at++;
	if (str_same(name, "__file__"))
		value = text_value(r, "setup.py");
	else if (str_ends(name, "Extension"))
		value = text_value(r, name);
	else
		known(r, name, &value);
	return read_trailers(r, name, value);
}

static struct value
read_term(struct reading_setup *r)
{
	const struct token *token = setup_token(r);
	struct value value = { 0 };

	if (token->kind == TOKEN_TEXT || token->kind == TOKEN_FORMAT)
		return read_trailers(r, NULL, read_text(r));
	if (token->kind == TOKEN_NUMBER) {
		r->at++;
		return text_value(r, token->text);
	}
	if (setup_is(r, "not") || setup_is(r, "-") || setup_is(r, "await")) {
		r->at++;
		if (++r->depth < SETUP_DEPTH)
			read_term(r);
		r->depth--;
		return value;
	}
	if (token->kind == TOKEN_NAME && !setup_is(r, "lambda"))
		return read_name(r);
	if (setup_is(r, "["))
		return read_trailers(r, NULL, read_list(r, "]", false));
	if (setup_is(r, "("))
		return read_trailers(r, NULL, read_list(r, ")", true));
	if (setup_is(r, "{"))
		return read_trailers(r, NULL, read_dictionary(r));
	return value;
}

/* Path(a) / "b", and whatever the left side is, if it is not known. */
static struct value
join_path(struct reading_setup *r, const struct value *left, const struct value *right)
{
	struct value out = { 0 };

	for (size_t i = 0; i < right->texts.n && setup_spend(r, SETUP_STEP); i++)
		strings_add(&r->run->arena, &out.texts,
			    left->texts.n == 1 && left->texts.item[0][0] && strlen(left->texts.item[0]) < SETUP_TEXT
			    ? path_join(&r->run->arena, left->texts.item[0], right->texts.item[i]) : right->texts.item[i]);
	return out;
}

/* "a" + "b" is one text, a list and a list are one list; a text of one and a list of one look alike, so the quotes decide. */
static bool
is_text(const struct reading_setup *r, size_t at)
{
	return r->tokens.item[at].kind == TOKEN_TEXT || r->tokens.item[at].kind == TOKEN_FORMAT;
}

static struct value
read_more(struct reading_setup *r, struct value value)
{
	static const char *const comparing[] = { "==", "!=", "<", ">", "<=", ">=", "in", "is", "and", "not", "*", "-", "//" };

	for (;;) {
		size_t at = r->at;
		struct value right;
		enum truth truth;

		if (setup_take(r, "+")) {
			bool text = is_text(r, at - 1) || is_text(r, r->at);

			right = read_term(r);
			if (text && value.texts.n == 1 && right.texts.n == 1)
				value = text_value(r, str_format(&r->run->arena, "%s%s", value.texts.item[0], right.texts.item[0]));
			else
				value_join(r, &value, &right);
		} else if (setup_take(r, "/")) {
			right = read_term(r);
			value = join_path(r, &value, &right);
		} else if (setup_take(r, "%")) {
			read_term(r);
		} else if (setup_take(r, "or")) {
			right = setup_expression(r);
			if (!value.texts.n)
				value = right;
		} else if (setup_take(r, "if")) {
			truth = setup_condition(r);
			setup_take(r, "else");
			right = setup_expression(r);
			if (truth == FALSE)
				value = right;
			else if (truth == UNKNOWN)
				value_join(r, &value, &right);
		} else {
			for (size_t i = 0; i < sizeof(comparing) / sizeof(comparing[0]) && r->at == at; i++)
				if (setup_take(r, comparing[i]))
					read_term(r);
			if (r->at == at)
				return value;
			value = (struct value){ 0 };
		}
	}
}

struct value
setup_expression(struct reading_setup *r)
{
	struct value value = { 0 };
	size_t at = r->at;

	if (++r->depth > SETUP_DEPTH || !setup_spend(r, SETUP_STEP)) {
		skip_to_close(r);
	} else {
		value = read_term(r);
		value = read_more(r, value);
	}
	r->depth--;
	if (r->at == at && setup_token(r)->kind == TOKEN_OP && !strchr(")]},:=", setup_token(r)->text[0]))
		r->at++;	/* an operator that begins no expression */
	return value;
}
