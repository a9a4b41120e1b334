/*
 * Symbol versions that the module needs of libstdc++, libc and others, against what the files that this Python will load
 * define. A module that is built with a newer g++ than the libstdc++ beside a conda Python fails here. Which GCC brought which
 * GLIBCXX: libstdc++ manual, "ABI Policy and Guidelines", History.
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "know/acquire.h"
#include "verify/judge_parts.h"

struct lacking { const char *item[8]; size_t n; };	/* the newest of each family that is not defined */

/* GLIBCXX_3.4.30 → 3.4.30; none for names like CXXABI_FLOAT128. */
static struct version
number_of(const char *name)
{
	struct version version = { 0 };
	const char *at = strrchr(name, '_');

	if (at)
		version_parse(at + 1, &version, NULL);
	return version;
}

static bool
is_newer(const char *a, const char *b)
{
	struct version x = number_of(a), y = number_of(b);

	return version_compare(&x, &y) > 0;
}

static bool
same_family(const char *a, const char *b)
{
	const char *end = strrchr(a, '_');

	return end && number_of(a).n && number_of(b).n && strncmp(a, b, (size_t)(end + 1 - a)) == 0 &&
	       strrchr(b, '_') - b == end - a;
}

static bool
defines(const struct elf *elf, const char *name)
{
	for (size_t i = 0; i < elf->defines.n; i++)
		if (str_same(elf->defines.item[i].name, name))
			return true;
	return !elf->defines.n;	/* a library without versions takes all: ld.so only warns */
}

/* The newest version of like's family in the list, of one library where that is given. */
static const char *
newest(const struct elf_versions *versions, const char *library, const char *like)
{
	const char *best = NULL;

	for (size_t i = 0; i < versions->n; i++) {
		const struct elf_version *at = &versions->item[i];

		if ((!library || str_same(at->library, library)) && same_family(like, at->name) &&
		    (!best || is_newer(at->name, best)))
			best = at->name;
	}
	return best;
}

/* The last GLIBCXX of each GCC. */
static const struct { const char *name; int gcc; } history[] = {
	{ "GLIBCXX_3.4.25", 8 }, { "GLIBCXX_3.4.28", 10 }, { "GLIBCXX_3.4.29", 11 }, { "GLIBCXX_3.4.30", 12 },
	{ "GLIBCXX_3.4.32", 13 }, { "GLIBCXX_3.4.33", 14 }, { "GLIBCXX_3.4.34", 15 },
};
#define HISTORY (sizeof(history) / sizeof(history[0]))

/* The oldest GCC whose libstdc++ has it; 0 when it is newer than the table. */
static int
gcc_with(const char *glibcxx)
{
	for (size_t i = 0; i < HISTORY; i++)
		if (!is_newer(glibcxx, history[i].name))
			return history[i].gcc;
	return 0;
}

/* The newest GCC whose modules it is enough for; 0 when it is older than the table. */
static int
gcc_up_to(const char *glibcxx)
{
	int gcc = 0;

	for (size_t i = 0; i < HISTORY; i++)
		if (!is_newer(history[i].name, glibcxx))
			gcc = history[i].gcc;
	return gcc;
}

static bool
is_conda(struct judge *judge, const char *file)
{
	const char *prefix = judge->in->python ? judge->in->python->prefix : NULL;

	return prefix && path_below(file, prefix) &&
	       world_is_dir(judge->run, path_join(&judge->run->arena, prefix, "conda-meta"));
}

static const char *
remedy_for(struct judge *judge, const struct loaded *file, const char *need, const struct elf *elf)
{
	struct arena *arena = &judge->run->arena;
	const char *have = newest(&elf->defines, NULL, "GLIBCXX_3");
	int gcc = have ? gcc_up_to(have) : 0;

	if (str_starts(need, "GLIBC_"))
		return acquire_rebuild(judge->run, judge->in->python, judge->in->torch, NULL);
	if (!str_starts(file->soname, "libstdc++"))
		return judge_right_toolkit(judge);
	if (is_conda(judge, file->path) && gcc_with(need))
		return acquired_text(acquire_conda(judge->run, judge->in->python,
						   str_format(arena, "'libstdcxx-ng>=%d'", gcc_with(need))));
	return gcc ? str_format(arena, "build with GCC %d or older: cuenv verify --cxx g++-%d", gcc, gcc)
		   : "build with an older g++: cuenv verify --cxx PATH";
}

static void
not_defined(struct judge *judge, const struct loaded *file, const struct elf *elf, const struct lacking *lacking)
{
	struct arena *arena = &judge->run->arena;
	const char *first = lacking->item[0], *have;
	struct finding *finding;
	bool known;

	for (size_t i = 1; i < lacking->n; i++)
		if (str_starts(lacking->item[i], "GLIBCXX_"))
			first = lacking->item[i];
	have = newest(&elf->defines, NULL, first);
	known = str_starts(first, "GLIBC") || str_starts(first, "CXXABI_");
	finding = judge_finding(judge, known ? "CE405" : "CE406",
				str_format(arena, "the module needs %s of %s, and the one that this Python loads %s%s", first,
					   file->soname, have ? "ends at " : "does not have it", have ? have : ""),
				remedy_for(judge, file, first, elf));
	for (size_t i = 0; i < lacking->n; i++) {
		have = newest(&elf->defines, NULL, lacking->item[i]);
		judge_evidence(judge, finding, judge->in->module, str_format(arena, "needs %s", lacking->item[i]));
		judge_evidence(judge, finding, file->path, have ? str_format(arena, "ends at %s", have) : "does not have it");
	}
}

static struct lacking
find_lacking(const struct judge *judge, const struct loaded *file, const struct elf *elf)
{
	struct lacking lacking = { .n = 0 };

	for (size_t i = 0; i < judge->module.needs.n; i++) {
		const struct elf_version *need = &judge->module.needs.item[i];
		size_t k = 0;

		if (!str_same(need->library, file->soname) || defines(elf, need->name))
			continue;
		while (k < lacking.n && !same_family(need->name, lacking.item[k]))
			k++;
		if (k == lacking.n && k < 8)
			lacking.item[lacking.n++] = need->name;
		else if (k < lacking.n && is_newer(need->name, lacking.item[k]))
			lacking.item[k] = need->name;
	}
	return lacking;
}

static void
say_proved(struct judge *judge, const char *name, const struct loaded *file, const struct elf *elf, const char *like)
{
	const char *need = newest(&judge->module.needs, file->soname, like);
	const char *have = newest(&elf->defines, NULL, like);

	if (need && have)
		judge_fact(judge, name, str_format(&judge->run->arena, "%s needed, %s ends at %s", need, file->path, have));
}

static void
judge_library(struct judge *judge, const struct loaded *file)
{
	struct lacking lacking;
	struct elf elf;

	if (!elf_read(judge->run, file->path, ELF_VERSIONS, &elf))
		return;
	lacking = find_lacking(judge, file, &elf);
	if (lacking.n)
		not_defined(judge, file, &elf, &lacking);
	else if (str_starts(file->soname, "libstdc++"))
		say_proved(judge, "libstdc++", file, &elf, "GLIBCXX_3");
	else if (str_starts(file->soname, "libc.so"))
		say_proved(judge, "libc", file, &elf, "GLIBC_2");
}

void
judge_versions(struct judge *judge)
{
	struct strings seen = { 0 };

	for (size_t i = 0; i < judge->module.needs.n; i++) {
		const char *library = judge->module.needs.item[i].library;
		const struct loaded *file = library ? loader_find(&judge->loader, library) : NULL;

		if (!file || strings_has(&seen, library))
			continue;
		strings_add(&judge->run->arena, &seen, library);
		judge_library(judge, file);
	}
}
