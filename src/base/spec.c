#include "base/spec.h"

#include <string.h>

#include "base/str.h"

/* False: there is no operator, which means ==. */
static bool
read_op(const char **text, enum spec_op *op)
{
	static const struct { const char *sign; enum spec_op op; } ops[] = {
		{ "<=", SPEC_LE }, { ">=", SPEC_GE }, { "==", SPEC_EQ }, { "<", SPEC_LT }, { ">", SPEC_GT }, { "=", SPEC_EQ },
	};

	*op = SPEC_EQ;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (str_starts(*text, ops[i].sign)) {
			*text += strlen(ops[i].sign);
			*op = ops[i].op;
			return true;
		}
	return false;
}

/* cu118 and 118 are 11.8, as in the names of wheels: no CUDA has a major of three digits. */
static void
split_digits(struct version *v)
{
	if (v->n == 1 && v->part[0] >= 100 && v->part[0] <= 999)
		*v = (struct version){ 2, { v->part[0] / 10, v->part[0] % 10 } };
}

/* "11.8", "v11.8", "cuda-11.8", "cuda11.8", "cu118", "118", "11.x", "11.8.*" */
static bool
read_version(const char **text, struct version *out)
{
	static const char *const names[] = { "cuda-", "cuda", "cu", "v" };
	const char *at = *text;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_starts(at, names[i])) {
			at += strlen(names[i]);
			break;
		}
	if (!version_parse(at, out, &at))
		return false;
	if (out->n < 4 && (str_starts(at, ".x") || str_starts(at, ".*")))
		at += 2;
	split_digits(out);
	*text = at;
	return true;
}

static bool
read_word(const char *text, struct spec *out)
{
	static const struct { const char *word; struct spec spec; } words[] = {
		{ "torch", { .kind = SPEC_TORCH } },
		{ "system", { .kind = SPEC_SYSTEM } },
		{ "latest", { .n = 1, .condition = { { SPEC_GE, { 1, { 0 } } } } } },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(text, words[i].word) == 0) {
			*out = words[i].spec;
			return true;
		}
	if (text[0] != '/' && text[0] != '.')
		return false;
	*out = (struct spec){ .kind = SPEC_PATH, .path = text };
	return true;
}

bool
spec_parse(const char *text, struct spec *out)
{
	struct spec spec = { 0 };

	if (read_word(text, out))
		return true;
	for (;;) {
		if (spec.n == 4 || (!read_op(&text, &spec.condition[spec.n].op) && spec.n))	/* 11,8 is 11.8 mistyped */
			return false;
		if (!read_version(&text, &spec.condition[spec.n].version))
			return false;
		spec.n++;
		if (!*text)
			break;
		if (*text++ != ',')
			return false;
	}
	*out = spec;
	return true;
}

/* The sign of v - bound, over the parts that the bound has: 11.8.89 is not > 11.8, and 12.4.131 is <= 12.4. */
static int
compare_cut(const struct version *v, const struct version *bound, int parts)
{
	for (int i = 0; i < bound->n && i < parts; i++)
		if (v->part[i] != bound->part[i])
			return v->part[i] < bound->part[i] ? -1 : 1;
	return 0;
}

static bool
holds(enum spec_op op, int sign)
{
	switch (op) {
	case SPEC_LT:
		return sign < 0;
	case SPEC_LE:
		return sign <= 0;
	case SPEC_GT:
		return sign > 0;
	case SPEC_GE:
		return sign >= 0;
	default:
		return sign == 0;
	}
}

bool
spec_admits(const struct spec *spec, const struct version *v)
{
	for (int i = 0; i < spec->n; i++)
		if (!holds(spec->condition[i].op, compare_cut(v, &spec->condition[i].version, 4)))
			return false;
	return v->n > 0;
}

bool
spec_may_admit(const struct spec *spec, const struct version *v)
{
	for (int i = 0; i < spec->n; i++) {
		int sign = compare_cut(v, &spec->condition[i].version, v->n);
		bool open = sign == 0 && v->n < spec->condition[i].version.n;

		if (!open && !holds(spec->condition[i].op, sign))
			return false;
	}
	return v->n > 0;
}

bool
spec_names_minor(const struct spec *spec)
{
	return spec->kind == SPEC_VERSION && spec->n == 1 && spec->condition[0].op == SPEC_EQ &&
	       spec->condition[0].version.n >= 2;
}
