#include "base/spec.h"

#include <string.h>

#include "base/str.h"

static enum spec_op
read_op(const char **text)
{
	static const struct { const char *sign; enum spec_op op; } ops[] = {
		{ "<=", SPEC_LE }, { ">=", SPEC_GE }, { "==", SPEC_EQ }, { "<", SPEC_LT }, { ">", SPEC_GT },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (str_starts(*text, ops[i].sign)) {
			*text += strlen(ops[i].sign);
			return ops[i].op;
		}
	return SPEC_EQ;
}

bool
spec_parse(const char *text, struct spec *out)
{
	struct spec spec = { 0 };

	if (strcmp(text, "torch") == 0 || strcmp(text, "system") == 0) {
		*out = (struct spec){ .kind = text[0] == 't' ? SPEC_TORCH : SPEC_SYSTEM };
		return true;
	}
	for (;;) {
		if (spec.n == 4)
			return false;
		spec.condition[spec.n].op = read_op(&text);
		if (!version_parse(text, &spec.condition[spec.n].version, &text))
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
