/* The values of a setup.py: lists of texts, a path or a word being a list of one, and dictionaries of them. */
#include <string.h>

#include "base/path.h"
#include "scan/plan_python.h"

bool
setup_spend(struct reading_setup *r, size_t n)
{
	bool told = r->spent > SETUP_STEPS;

	r->spent += n;
	if (r->spent <= SETUP_STEPS)
		return true;
	if (!told)
		run_left_out(r->run, path_join(&r->run->arena, r->dir, "setup.py"),
			     "it says more than is read without running it");
	return false;
}

struct value *
value_entry(struct reading_setup *r, struct value *dictionary, const char *key)
{
	struct entry *entry;

	for (size_t i = 0; i < dictionary->entries.n; i++)
		if (str_same(dictionary->entries.item[i].key, key))
			return &dictionary->entries.item[i].value;
	if (!setup_spend(r, dictionary->entries.n))
		return &r->nowhere;
	entry = list_add(&r->run->arena, &dictionary->entries);
	entry->key = key;
	return &entry->value;
}

void
value_join(struct reading_setup *r, struct value *to, const struct value *more)
{
	for (size_t i = 0, n = more->texts.n; i < n && setup_spend(r, 1); i++)
		strings_add(&r->run->arena, &to->texts, more->texts.item[i]);
	for (size_t i = 0, n = more->entries.n; i < n && setup_spend(r, 1); i++)
		value_join(r, value_entry(r, to, more->entries.item[i].key), &more->entries.item[i].value);
}

struct value *
setup_name(struct reading_setup *r, const char *name)
{
	struct binding *binding;

	for (size_t i = 0; i < r->names.n; i++)
		if (str_same(r->names.item[i].name, name))
			return &r->names.item[i].value;
	if (!setup_spend(r, r->names.n))
		return &r->nowhere;
	binding = list_add(&r->run->arena, &r->names);
	binding->name = name;
	return &binding->value;
}

const struct token *
setup_token(struct reading_setup *r)
{
	return &r->tokens.item[r->at < r->stop && setup_spend(r, 1) ? r->at : r->tokens.n - 1];
}

bool
setup_is(struct reading_setup *r, const char *op)
{
	const struct token *token = setup_token(r);

	return (token->kind == TOKEN_OP || token->kind == TOKEN_NAME) && str_same(token->text, op);
}

bool
setup_take(struct reading_setup *r, const char *op)
{
	bool is = setup_is(r, op);

	r->at += is;
	return is;
}

const char *
setup_env(const struct reading_setup *r, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < r->env->n; i++)
		if (strncmp(r->env->item[i], name, n) == 0 && r->env->item[i][n] == '=')
			return r->env->item[i] + n + 1;
	return run_env(r->run, name);
}
