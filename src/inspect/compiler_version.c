/*
 * What version a driver is, without asking it. GCC's holds its version as a string of its own in .rodata ("12.2.0", seen in
 * Debian's 11.3 and 12.2, whose .comment is stripped) beside its specs, which name cc1plus; ccache, distcc and icecc hold
 * version strings too, but no specs. It finds cc1plus in ../lib/gcc or ../libexec/gcc/TRIPLE/VERSION. clang's is in
 * libclang-cpp, but its headers are in ../lib/clang/VERSION (14.0.6; from 16 on the major alone).
 */
#define _GNU_SOURCE
#include "inspect/compiler_version.h"

#include <string.h>

#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

#define RODATA_MAX ((size_t)4 << 20)

struct version
compiler_version_in_name(const char *path)
{
	const char *dash = strrchr(path_name(path), '-'), *end;
	struct version version;

	if (dash && version_parse(dash + 1, &version, &end) && !*end)
		return version;
	return (struct version){ 0 };
}

/* Whether a and b agree as far as both go. */
static bool
agree(const struct version *a, const struct version *b)
{
	return version_has_prefix(a, b) || version_has_prefix(b, a);
}

/* Distinct versions, as many as are of interest. */
struct versions { struct version item[16]; size_t n; };

static void
versions_add(struct versions *list, const struct version *version)
{
	for (size_t i = 0; i < list->n; i++)
		if (version_compare(&list->item[i], version) == 0)
			return;
	if (list->n < sizeof(list->item) / sizeof(list->item[0]))
		list->item[list->n++] = *version;
}

/* The only one; of several the only one that agrees with hint; else none. */
static struct version
versions_choose(const struct versions *list, const struct version *hint)
{
	struct version chosen = { 0 };
	int fits = 0;

	if (list->n == 1)
		return list->item[0];
	for (size_t i = 0; hint->n && i < list->n; i++)
		if (agree(&list->item[i], hint)) {
			chosen = list->item[i];
			fits++;
		}
	return fits == 1 ? chosen : (struct version){ 0 };
}

/* The strings of a driver that are three numbers and nothing else. Full stops are rarer there than NULs. */
static struct versions
versions_in_constants(const struct blob *constants)
{
	const char *start = constants->data, *last = start + constants->size, *dot = start;
	struct versions found = { 0 };
	struct version version;
	const char *end;

	for (; (dot = memchr(dot, '.', (size_t)(last - dot))); dot++) {
		const char *text = dot;

		while (text > start && dot - text < 4 && text[-1] >= '0' && text[-1] <= '9')
			text--;
		if (text < dot && text > start && !text[-1] && version_parse(text, &version, &end) && version.n == 3 && !*end)
			versions_add(&found, &version);
	}
	return found;
}

/* Adds the versions that the names in a directory are. */
static void
versions_in_directory(struct run *run, const char *directory, struct versions *found)
{
	struct strings names = { 0 };
	struct version version;
	const char *end;

	world_list(run, directory, &names);
	for (size_t i = 0; i < names.n; i++)
		if (version_parse(names.item[i], &version, &end) && !*end)
			versions_add(found, &version);
}

/* Where GCC's cc1plus of this version may be: PREFIX/LIB/gcc/TRIPLE/VERSION; seen: whether there is such a directory. */
static bool
has_cc1plus(struct run *run, const char *gcc, const struct version *version, bool *seen)
{
	struct strings triples = { 0 }, names = { 0 };
	struct version found;
	const char *end;

	world_list(run, gcc, &triples);
	for (size_t i = 0; i < triples.n; i++) {
		const char *triple = path_join(&run->arena, gcc, triples.item[i]);

		if (!strstr(triples.item[i], "linux") || !world_list(run, triple, &names))
			continue;
		for (size_t k = 0; k < names.n; k++) {
			if (!version_parse(names.item[k], &found, &end) || *end || !agree(&found, version))
				continue;
			*seen = true;
			if (world_is_program(run, str_format(&run->arena, "%s/%s/cc1plus", triple, names.item[k])))
				return true;
		}
	}
	return false;
}

static bool
gcc_works(struct run *run, const char *prefix, const struct version *version)
{
	static const char *const places[] = { "libexec/gcc", "lib/gcc", "lib64/gcc" };
	bool seen = false;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (has_cc1plus(run, path_join(&run->arena, prefix, places[i]), version, &seen))
			return true;
	return !seen;	/* its files are somewhere else */
}

/* What its names say. Nix has the version in a folder: /nix/store/HASH-gcc-wrapper-13.3.0/bin/g++ is a script. */
static struct version
version_in_names(const struct compiler *compiler)
{
	const char *wrapper = str_starts(compiler->real, "/nix/store/") ? strstr(compiler->real, "-wrapper-") : NULL;
	struct version version;

	if (wrapper && version_parse(wrapper + 9, &version, NULL))
		return version;
	version = compiler_version_in_name(compiler->real);
	return version.n ? version : compiler_version_in_name(compiler->path);
}

static bool
clang_version(struct run *run, struct compiler *compiler, const struct version *hint)
{
	const char *prefix = path_parent(&run->arena, path_parent(&run->arena, compiler->real));
	struct versions found = { 0 };

	versions_in_directory(run, path_join(&run->arena, prefix, "lib/clang"), &found);
	versions_in_directory(run, path_join(&run->arena, prefix, "lib64/clang"), &found);
	compiler->version = found.n ? versions_choose(&found, hint) : *hint;
	return true;
}

static bool
gcc_version(struct run *run, struct compiler *compiler, const struct version *hint)
{
	const char *prefix = path_parent(&run->arena, path_parent(&run->arena, compiler->real));
	struct blob constants;
	struct versions found;

	if (!elf_section(run, compiler->real, ".rodata", RODATA_MAX, &constants)) {
		compiler->version = *hint;	/* a script */
		return true;
	}
	if (!blob_find(&constants, "cc1plus"))
		return true;	/* a wrapper that is a program: there is no telling what it runs */
	found = versions_in_constants(&constants);
	compiler->version = found.n ? versions_choose(&found, hint) : *hint;
	if (!compiler->version.n || gcc_works(run, prefix, &compiler->version))
		return true;
	run_trace(run, "compilers", compiler->path, "has no cc1plus: it cannot compile C++");
	return false;
}

bool
compiler_version(struct run *run, struct compiler *compiler)
{
	struct version hint = version_in_names(compiler);

	return compiler->is_clang ? clang_version(run, compiler, &hint) : gcc_version(run, compiler, &hint);
}
