/*
 * Missing symbols in words: one finding for each cause, with the names in clear and what torch has in their place.
 */
#include <string.h>

#include "base/path.h"
#include "check/say.h"
#include "verify/judge_missing.h"
#include "know/acquire.h"

#define SHOWN 4	/* symbols that a finding shows */

static const char *
shown(struct judge *judge, const char *name)
{
	const char *plain = name_plain(&judge->run->arena, name, NULL);

	return plain ? str_format(&judge->run->arena, "%s (%s)", plain, name) : name;
}

/* What torch has under the same qualified name with other parameters. */
static void
show_nearest(struct judge *judge, struct finding *finding, const char *name)
{
	size_t shared = 0;

	if (!name_plain(&judge->run->arena, name, &shared))
		return;
	for (size_t i = 0; i < judge->torch_n; i++) {
		const struct loaded *at = &judge->loader.item[i];
		const char *nearest = strstr(at->soname, "torch") || strstr(at->soname, "c10") ?
				      elf_nearest(judge->run, at->path, name, shared) : NULL;

		if (nearest) {
			judge_evidence(judge, finding, at->path, str_format(&judge->run->arena, "has %s", nearest));
			return;
		}
	}
}

static void
show(struct judge *judge, struct finding *finding, const struct elf_symbols *symbols)
{
	for (size_t i = 0; i < symbols->n && i < SHOWN; i++) {
		const struct elf_symbol *at = &symbols->item[i];

		judge_evidence(judge, finding, judge->in->module,
			       str_format(&judge->run->arena, "needs %s", shown(judge, at->name)));
		if (at->found_in)
			judge_evidence(judge, finding, at->found_in, "has it");
		else if (i < 2)
			show_nearest(judge, finding, at->name);
	}
	if (symbols->n > SHOWN)
		judge_evidence(judge, finding, judge->in->module,
			       str_format(&judge->run->arena, "and %zu more", symbols->n - SHOWN));
}

static const char *
count(struct judge *judge, size_t n)
{
	return n == 1 ? "a symbol" : str_format(&judge->run->arena, "%zu symbols", n);
}

static const char *
rebuild(struct judge *judge)
{
	return acquire_rebuild(judge->run, judge->in->python, judge->in->torch, NULL);
}

static void
tell_abi(struct judge *judge, const struct elf_symbols *symbols, int abi)
{
	struct arena *arena = &judge->run->arena;

	if (symbols->n)
		show(judge, judge_finding(judge, "CE407",
			str_format(arena, "the module is compiled with _GLIBCXX_USE_CXX11_ABI=%d and torch with %d: they "
				   "do not mean the same by std::string", !abi, abi),
			str_format(arena, "-D_GLIBCXX_USE_CXX11_ABI=%d is for all of it, as torch's own build gives it: %s", abi,
				   rebuild(judge))), symbols);
}

static void
tell_unlinked(struct judge *judge, const struct elf_symbols *symbols)
{
	const char *library;

	if (!symbols->n)
		return;
	library = path_name(symbols->item[0].found_in);
	show(judge, judge_finding(judge, "CE408",
		str_format(&judge->run->arena, "the module uses %s of %s and does not name it in NEEDED, so the loader "
			   "does not look there", count(judge, symbols->n), library),
		str_format(&judge->run->arena, "export LDFLAGS='-Wl,--no-as-needed -l%.*s', then %s",
			   (int)strcspn(library + 3, "."), library + 3, rebuild(judge))), symbols);
}

static void
tell_python(struct judge *judge, const struct elf_symbols *symbols)
{
	if (symbols->n)
		show(judge, judge_finding(judge, "CE409",
			str_format(&judge->run->arena, "the module uses %s of Python's C interface that this Python (%s) has "
				   "not: it is compiled for another Python", count(judge, symbols->n),
				   judge->in->python->tag ? judge->in->python->tag : judge->program),
			str_format(&judge->run->arena, "cuenv verify --torch %s", judge->in->python->executable)), symbols);
}

static void
tell_torch(struct judge *judge, const struct elf_symbols *symbols)
{
	bool torch = false;

	for (size_t i = 0; i < symbols->n; i++)
		torch = torch || name_is_torch(symbols->item[i].name);
	if (!symbols->n)
		return;
	show(judge, judge_finding(judge, torch ? "CE412" : "CE411",
		torch ? str_format(&judge->run->arena, "the module uses %s that torch %s does not have: it is compiled for "
				   "another torch", count(judge, symbols->n), judge->in->torch->version)
		      : str_format(&judge->run->arena, "the module uses %s that no library of this process has",
				   count(judge, symbols->n)),
		str_format(&judge->run->arena, "%s%s", torch ? "" : "link the library that has them, or add the source that "
			   "defines them, then: ", rebuild(judge))), symbols);
}

void
missing_say(struct judge *judge, const struct missing *missing, int abi)
{
	tell_abi(judge, &missing->abi, abi);
	tell_unlinked(judge, &missing->unlinked);
	tell_python(judge, &missing->python);
	tell_torch(judge, &missing->torch);
}
