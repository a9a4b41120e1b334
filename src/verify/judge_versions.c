/*
 * Symbol versions that the module needs of libstdc++, libc and others, against what the files that this Python will load
 * define. A module that is built with a newer g++ than the libstdc++ beside a conda Python fails here. Which GCC brought which
 * GLIBCXX: libstdc++ manual, "ABI Policy and Guidelines", History.
 */
#include <string.h>

#include "base/path.h"
#include "verify/judge_parts.h"

/* GLIBCXX_3.4.30 → its number; only versions of one family are compared. */
static struct version
number_of(const char *name)
{
	struct version version = { 0 };
	const char *at = strpbrk(name, "0123456789");

	if (at)
		version_parse(at, &version, NULL);
	return version;
}

static bool
is_newer(const char *a, const char *b)
{
	struct version x = number_of(a), y = number_of(b);

	return version_compare(&x, &y) > 0;
}

static bool
defines(const struct elf *elf, const char *name)
{
	for (size_t i = 0; i < elf->defines.n; i++)
		if (str_same(elf->defines.item[i].name, name))
			return true;
	return !elf->defines.n;	/* a library without versions takes all: ld.so only warns */
}

/* The newest of a family that the file defines: "GLIBCXX_3.4.30". */
static const char *
newest(const struct elf_versions *versions, const char *library, const char *family)
{
	const char *best = NULL;

	for (size_t i = 0; i < versions->n; i++) {
		const struct elf_version *at = &versions->item[i];

		if ((!library || str_same(at->library, library)) && str_starts(at->name, family) &&
		    number_of(at->name).n && (!best || is_newer(at->name, best)))
			best = at->name;
	}
	return best;
}

static int
gcc_of(const char *glibcxx)
{
	static const struct { const char *name; int gcc; } row[] = {
		{ "GLIBCXX_3.4.25", 8 }, { "GLIBCXX_3.4.28", 9 }, { "GLIBCXX_3.4.29", 11 }, { "GLIBCXX_3.4.30", 12 },
		{ "GLIBCXX_3.4.32", 13 }, { "GLIBCXX_3.4.33", 14 }, { "GLIBCXX_3.4.34", 15 },
	};
	int gcc = 0;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (!gcc && !is_newer(glibcxx, row[i].name))
			gcc = row[i].gcc;
	return gcc;
}

static const char *
remedy_for(struct judge *judge, const char *family, const char *need, const char *have)
{
	struct arena *arena = &judge->run->arena;
	int built = gcc_of(need), can = have ? gcc_of(have) : 0;

	if (str_same(family, "GLIBC_"))
		return "build the module on this machine, or on one with a C library that is no newer";
	if (!str_same(family, "GLIBCXX_"))
		return judge_right_toolkit(judge);
	if (built && str_same(judge->in->python ? judge->in->python->chosen_by : NULL, "CONDA_PREFIX"))
		return str_format(arena, "conda install -c conda-forge 'libstdcxx-ng>=%d'", built);
	return can ? str_format(arena, "build with GCC %d or older: cuenv verify --cxx g++-%d", can, can)
		   : "build with an older g++: cuenv verify --cxx PATH";
}

static void
not_defined(struct judge *judge, const struct elf_version *need, const struct loaded *file, const struct elf *elf)
{
	static const char *const families[] = { "GLIBCXX_", "CXXABI_", "GLIBC_" };
	const char *family = "", *have = NULL;
	struct arena *arena = &judge->run->arena;
	struct finding *finding;

	for (size_t i = 0; i < 3; i++)
		if (str_starts(need->name, families[i]))
			family = families[i];
	if (*family)
		have = newest(&elf->defines, NULL, family);
	finding = judge_finding(judge, *family ? "CE405" : "CE406",
				str_format(arena, "the module needs %s of %s, and the one that this Python loads %s%s",
					   need->name, need->library, have ? "ends at " : "has not", have ? have : ""),
				remedy_for(judge, family, need->name, have));
	judge_evidence(judge, finding, judge->in->module, str_format(arena, "needs %s", need->name));
	judge_evidence(judge, finding, file->path, have ? str_format(arena, "defines up to %s", have)
							: str_format(arena, "does not define %s", need->name));
}

/* The newest of those needed and not defined stands for its family. */
static bool
is_newest_lacking(const struct judge *judge, const struct elf_version *need, const struct elf *elf)
{
	size_t family = strcspn(need->name, "0123456789");

	for (size_t i = 0; i < judge->module.needs.n; i++) {
		const struct elf_version *at = &judge->module.needs.item[i];

		if (str_same(at->library, need->library) && strncmp(at->name, need->name, family) == 0 &&
		    !defines(elf, at->name) && is_newer(at->name, need->name))
			return false;
	}
	return !defines(elf, need->name);
}

static void
say_proved(struct judge *judge, const char *name, const struct loaded *file, const struct elf *elf, const char *family)
{
	const char *need = newest(&judge->module.needs, file->soname, family);
	const char *have = newest(&elf->defines, NULL, family);

	if (need && have)
		judge_fact(judge, name, str_format(&judge->run->arena, "%s needed, %s goes up to %s", need, file->path,
						   have));
}

void
judge_versions(struct judge *judge)
{
	struct strings seen = { 0 };

	for (size_t i = 0; i < judge->module.needs.n; i++) {
		const struct elf_version *need = &judge->module.needs.item[i];
		const struct loaded *file = need->library ? loader_find(&judge->loader, need->library) : NULL;
		size_t before = judge->findings->n;
		struct elf elf;

		if (!file || strings_has(&seen, need->library) || !elf_read(judge->run, file->path, ELF_VERSIONS, &elf))
			continue;
		strings_add(&judge->run->arena, &seen, need->library);
		for (size_t k = i; k < judge->module.needs.n; k++)
			if (str_same(judge->module.needs.item[k].library, need->library) &&
			    is_newest_lacking(judge, &judge->module.needs.item[k], &elf))
				not_defined(judge, &judge->module.needs.item[k], file, &elf);
		if (judge->findings->n > before)
			continue;
		if (str_starts(file->soname, "libstdc++"))
			say_proved(judge, "libstdc++", file, &elf, "GLIBCXX_");
		if (str_starts(file->soname, "libc.so"))
			say_proved(judge, "libc", file, &elf, "GLIBC_");
	}
}
