/*
 * The host compilers: what is called g++, c++ or clang++, with a target before and a version behind it or not, in the
 * directories of PATH and where distributions keep those that are not on it: Debian's /usr/lib/llvm-14/bin, Red Hat's
 * /opt/rh/gcc-toolset-12/root/usr/bin. ccache and its like stand in front of a compiler that is found by itself.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/types.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/compiler_version.h"
#include "inspect/inspect.h"

#if defined(__aarch64__)
#define MACHINE "aarch64-"
#else
#define MACHINE "x86_64-"
#endif

/* What is known of the search so far; ids and directories tell files and folders with several names. */
struct id { dev_t device; ino_t inode; };
struct ids { struct id *item; size_t n; };
struct search {
	struct ids directories, files;	/* files goes in step with found */
	struct compilers *found;
};

static size_t
find_id(const struct ids *ids, const struct stat *st)
{
	size_t i = 0;

	while (i < ids->n && (ids->item[i].device != st->st_dev || ids->item[i].inode != st->st_ino))
		i++;
	return i;
}

/* Whether what stands before g++ names this machine's own target: x86_64-linux-gnu-, x86_64-redhat-linux-; or gcc10-. */
static bool
is_native(const char *prefix, size_t length)
{
	static const char *const ends[] = { "-linux-gnu-", "-linux-" };
	struct version version;
	const char *end;

	if (!length)
		return true;
	if (length > 4 && strncmp(prefix, "gcc", 3) == 0 && version_parse(prefix + 3, &version, &end))
		return end == prefix + length - 1;
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(ends[i]);

		if (str_starts(prefix, MACHINE) && length > n && memcmp(prefix + length - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

/* [TARGET-](g++|c++|clang++)[-VERSION] */
static bool
is_compiler_name(const char *name)
{
	const char *plus = strstr(name, "++"), *start, *end;
	struct version version;

	if (!plus || plus == name)
		return false;
	start = plus - 1;
	if (*start == 'g' && plus - name >= 5 && memcmp(plus - 5, "clang", 5) == 0)
		start = plus - 5;
	else if (*start != 'g' && *start != 'c')
		return false;
	if (start > name && start[-1] != '-')
		return false;
	if (!is_native(name, (size_t)(start - name)))
		return false;
	return !plus[2] || (plus[2] == '-' && version_parse(plus + 3, &version, &end) && !*end);
}

bool
inspect_is_front(const char *path)
{
	static const char *const fronts[] = { "ccache", "distcc", "icecc", "sccache", "colorgcc", "gomacc", "buildcache" };
	const char *name = path_name(path);

	for (size_t i = 0; i < sizeof(fronts) / sizeof(fronts[0]); i++)
		if (strcmp(name, fronts[i]) == 0)
			return true;
	return false;
}

/* Of two names of one file: with a version before without, g++ before c++, short before long. */
static bool
is_better_name(const char *name, const char *than)
{
	int versioned = (compiler_version_in_name(name).n > 0) - (compiler_version_in_name(than).n > 0);
	int plain = (strstr(path_name(name), "g++") != NULL) - (strstr(path_name(than), "g++") != NULL);

	if (versioned || plain)
		return (versioned ? versioned : plain) > 0;
	return strlen(path_name(name)) < strlen(path_name(than));
}

static void
consider(struct run *run, struct search *search, const char *path)
{
	struct compiler compiler = { .path = path };
	struct stat st;
	size_t i;

	if (!world_stat(run, path, &st) || !S_ISREG(st.st_mode) || !(st.st_mode & 0111))
		return;
	if (cxx_misread(run, path)) {
		run_trace(run, "compilers", path, cxx_misread(run, path));
		return;
	}
	i = find_id(&search->files, &st);
	if (i < search->files.n) {
		if (is_better_name(path, search->found->item[i].path))
			search->found->item[i].path = path;
		return;
	}
	compiler.real = world_real(run, path);
	if (!compiler.real)
		return;
	if (inspect_is_front(compiler.real)) {
		run_trace(run, "compilers", path, "stands in front of the next of that name on PATH");
		return;
	}
	*list_add(&run->arena, &search->files) = (struct id){ st.st_dev, st.st_ino };
	*list_add(&run->arena, search->found) = compiler;
}

static void
look_in(struct run *run, struct search *search, const char *directory)
{
	struct strings names = { 0 };
	struct stat st;

	if (!world_stat(run, directory, &st) || find_id(&search->directories, &st) < search->directories.n)
		return;
	*list_add(&run->arena, &search->directories) = (struct id){ st.st_dev, st.st_ino };
	world_list(run, directory, &names);
	for (size_t i = 0; i < names.n; i++)
		if (is_compiler_name(names.item[i]))
			consider(run, search, path_join(&run->arena, directory, names.item[i]));
}

/* PARENT/NAME/CHILD for the names that start so: /usr/lib/llvm-14/bin. */
static void
look_below(struct run *run, struct search *search, const char *parent, const char *start, const char *child)
{
	struct strings names = { 0 };

	world_list(run, parent, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], start))
			look_in(run, search, str_format(&run->arena, "%s/%s/%s", parent, names.item[i], child));
}

static bool
is_before(const struct compiler *a, const struct compiler *b)
{
	int order = version_compare(&a->version, &b->version);

	return a->is_clang != b->is_clang ? b->is_clang : order > 0;
}

/* Keeps those that work, each in its place; those found first stay first among equals. */
static void
keep(struct compilers *kept, struct compiler compiler)
{
	size_t at = kept->n++;

	for (; at > 0 && is_before(&compiler, &kept->item[at - 1]); at--)
		kept->item[at] = kept->item[at - 1];
	kept->item[at] = compiler;
}

static bool
names_clang(const struct compiler *compiler)
{
	return strstr(path_name(compiler->real), "clang") || strstr(path_name(compiler->path), "clang") ||
	       strstr(compiler->real, "-clang-wrapper-");
}

bool
inspect_compiler(struct run *run, const char *path, struct compiler *out)
{
	struct compiler compiler = { .path = path, .real = world_real(run, path) };

	if (!compiler.real || cxx_misread(run, path))
		return false;
	compiler.is_clang = names_clang(&compiler);
	if (!compiler_version(run, &compiler))
		return false;
	*out = compiler;
	return true;
}

void
inspect_compilers(struct run *run, struct compilers *out)
{
	struct compilers found = { 0 }, kept = { 0 };
	struct search search = { .found = &found };
	const char *variable = run_env(run, "PATH");
	struct strings path = str_split(&run->arena, variable ? variable : "", ':');

	for (size_t i = 0; i < path.n; i++)
		if (path.item[i][0] == '/')
			look_in(run, &search, path.item[i]);
	look_in(run, &search, "/usr/local/bin");
	look_in(run, &search, "/usr/bin");
	look_below(run, &search, "/usr/lib", "llvm-", "bin");
	look_below(run, &search, "/opt/rh", "", "root/usr/bin");
	kept.item = arena_alloc(&run->arena, found.n * sizeof(*found.item));
	for (size_t i = 0; i < found.n; i++) {
		found.item[i].is_clang = names_clang(&found.item[i]);
		if (compiler_version(run, &found.item[i]))
			keep(&kept, found.item[i]);
	}
	*out = kept;
}
