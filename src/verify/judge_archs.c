/*
 * GPU code: a cubin for sm_XY runs on that and on later minors of its major; PTX for compute_XY is compiled at first use for
 * anything as new or newer; a (sm_90a) is for that one only; f (sm_100f) for later minors of its family. (CUDA C++ Programming
 * Guide, "Binary Compatibility", "PTX Compatibility", "Feature Set".)
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "verify/judge_parts.h"

struct arch { bool ptx; int number; char suffix; };

static bool
parse(const char *text, struct arch *out)
{
	const char *at = strchr(text, '_');
	char *end;

	if (!at)
		return false;
	*out = (struct arch){ .ptx = str_starts(text, "compute_"), .number = (int)strtol(at + 1, &end, 10) };
	out->suffix = *end;
	return (out->ptx || str_starts(text, "sm_")) && out->number > 0;
}

/* Whether code for have runs where want is asked for. */
static bool
covers(const char *have_text, const char *want_text)
{
	struct arch have, want;

	if (strcmp(have_text, want_text) == 0)
		return true;
	if (!parse(have_text, &have) || !parse(want_text, &want) || want.ptx || want.suffix || have.suffix == 'a')
		return false;
	if (have.number > want.number)
		return false;
	return (have.ptx && !have.suffix) || have.number / 10 == want.number / 10;
}

static const char *
covered_by(const struct strings *archs, const char *want)
{
	for (int exact = 1; exact >= 0; exact--)
		for (size_t i = 0; i < archs->n; i++)
			if (exact ? str_same(archs->item[i], want) : covers(archs->item[i], want))
				return archs->item[i];
	return NULL;
}

/* sm_80 as torch writes it: 8.0; compute_90 is 9.0+PTX. */
static const char *
torch_list(struct arena *arena, const struct strings *archs)
{
	struct strings words = { 0 };

	for (size_t i = 0; i < archs->n; i++) {
		struct arch arch;

		if (parse(archs->item[i], &arch))
			strings_add(arena, &words, str_format(arena, "%d.%d%.1s%s", arch.number / 10, arch.number % 10,
							      &(char[2]){ arch.suffix, 0 }[0], arch.ptx ? "+PTX" : ""));
	}
	return strings_join(arena, &words, ";");
}

void
judge_archs(struct judge *judge)
{
	struct arena *arena = &judge->run->arena;
	const struct strings *asked = &judge->in->archs, *have = &judge->module.archs;
	struct strings lacking = { 0 }, said = { 0 };
	struct finding *finding;

	for (size_t i = 0; i < asked->n; i++) {
		const char *by = covered_by(have, asked->item[i]);

		if (!by)
			strings_add(arena, &lacking, asked->item[i]);
		else
			strings_add(arena, &said, str_same(by, asked->item[i]) ? by :
				    str_format(arena, "%s by %s", asked->item[i], by));
	}
	if (!lacking.n) {
		if (said.n)
			judge_fact(judge, "GPU code", strings_join(arena, &said, ", "));
		return;
	}
	finding = judge_finding(judge, "CE410",
				str_format(arena, "the module has no GPU code for %s", strings_join(arena, &lacking, ", ")),
				str_format(arena, "cuenv exec torch --build --arch '%s' -- CMD…", torch_list(arena, asked)));
	judge_evidence(judge, finding, judge->in->module,
		       have->n ? str_format(arena, ".nv_fatbin has %s", strings_join(arena, have, " ")) : "no .nv_fatbin");
}
