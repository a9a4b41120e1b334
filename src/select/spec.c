#include <string.h>

#include "base/str.h"
#include "select/select.h"

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

/* v cut to as many parts as the bound has, so that 11.8.89 is not > 11.8 and 12.4.131 is <= 12.4. */
static int
compare_cut(const struct version *v, const struct version *bound)
{
	struct version cut = *v;

	for (int i = bound->n; i < 4; i++)
		cut.part[i] = 0;
	return version_compare(&cut, bound);
}

bool
spec_admits(const struct spec *spec, const struct version *v)
{
	if (!v->n)
		return false;
	for (int i = 0; i < spec->n; i++) {
		int sign = compare_cut(v, &spec->condition[i].version);
		enum spec_op op = spec->condition[i].op;
		bool ok = op == SPEC_EQ ? sign == 0 : op == SPEC_LT ? sign < 0 : op == SPEC_LE ? sign <= 0 :
			  op == SPEC_GT ? sign > 0 : sign >= 0;

		if (!ok)
			return false;
	}
	return true;
}
