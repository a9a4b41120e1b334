#include "base/version.h"

#include "base/str.h"

#define PART_MAX 99999999	/* version.json's third part may be a date: 11.8.20220929 */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
version_parse(const char *text, struct version *out, const char **end)
{
	struct version v = { 0 };

	while (v.n < 4 && digit(*text)) {
		int value = 0;

		for (; digit(*text); text++)
			if (value <= PART_MAX / 10)
				value = value * 10 + (*text - '0');
			else
				return false;
		v.part[v.n++] = value;
		if (*text != '.' || !digit(text[1]))
			break;
		if (v.n < 4)
			text++;
	}
	if (!v.n)
		return false;
	*out = v;
	if (end)
		*end = text;
	return true;
}

int
version_compare(const struct version *a, const struct version *b)
{
	for (int i = 0; i < 4; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return 0;
}

bool
version_has_prefix(const struct version *v, const struct version *prefix)
{
	if (v->n < prefix->n)
		return false;
	for (int i = 0; i < prefix->n; i++)
		if (v->part[i] != prefix->part[i])
			return false;
	return true;
}

bool
version_same_minor(const struct version *a, const struct version *b)
{
	return a->n >= 2 && b->n >= 2 && a->part[0] == b->part[0] && a->part[1] == b->part[1];
}

struct version
version_from_macro(long number)
{
	struct version v = { 0 };

	if (number >= 1000 && number < 1000000) {
		v.n = 2;
		v.part[0] = (int)(number / 1000);
		v.part[1] = (int)(number % 1000 / 10);
	}
	return v;
}

const char *
version_text(struct arena *arena, const struct version *v, int parts)
{
	const char *text = NULL;
	int n = parts && parts < v->n ? parts : v->n;

	for (int i = 0; i < n; i++)
		text = text ? str_format(arena, "%s.%d", text, v->part[i]) : str_format(arena, "%d", v->part[i]);
	return text ? text : "?";
}
