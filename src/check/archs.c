#include "check/archs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* sm_90a runs on 9.0 only, and so does code between a card and a Tegra; a plain one on its major from its minor on. */
static bool
runs(const char *code, const char *arch)
{
	static const int tegras[] = { 32, 53, 62, 72, 87 };
	int have = atoi(code), want = atoi(arch);
	bool exact = code[strlen(code) - 1] == 'a';

	for (size_t i = 0; i < sizeof(tegras) / sizeof(tegras[0]); i++)
		exact |= have == tegras[i] || want == tegras[i];
	if (exact)
		return have == want;
	return have / 10 == want / 10 && have <= want;
}

bool
archs_run(const struct strings *list, const char *arch)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_starts(list->item[i], "sm_") && runs(list->item[i] + 3, arch))
			return true;
	return false;
}

const char *
archs_ptx(const struct strings *list, const char *arch)
{
	const char *best = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const char *ptx = list->item[i];

		if (str_starts(ptx, "compute_") && isdigit((unsigned char)ptx[strlen(ptx) - 1]) && atoi(ptx + 8) <= atoi(arch) &&
		    (!best || atoi(ptx + 8) > atoi(best + 8)))
			best = ptx;
	}
	return best;
}
