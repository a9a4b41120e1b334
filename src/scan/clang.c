/*
 * Debian and Ubuntu name the library libclang-19.so.1 and keep its own headers in /usr/lib/llvm-19/lib/clang/19 (14: …/14.0.6),
 * in the package libclang-common-19-dev; Fedora has /usr/lib64/libclang.so.19 and /usr/lib/clang/19. A library runs as soon as
 * it is loaded, so one that lies in a Python or conda environment, or on LD_LIBRARY_PATH, is never tried: what a distribution
 * installed is, or what the user names.
 */
#define _GNU_SOURCE
#include "scan/clang.h"

#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "know/acquire.h"

#define NEWEST 22
#define OLDEST 14
#if defined(__aarch64__)
#define MULTIARCH "aarch64-linux-gnu"
#else
#define MULTIARCH "x86_64-linux-gnu"
#endif

static const struct { const char *name; size_t at; } functions[] = {
#define CLANG(result, name, takes) { "clang_" #name, offsetof(struct clang, name) },
#include "scan/clang.def"
#undef CLANG
};

const char *
clang_text(struct run *run, const struct clang *clang, struct clang_string string)
{
	const char *text = clang->getCString(string), *copy = text ? str_copy(&run->arena, text, strlen(text)) : "";

	clang->disposeString(string);
	return copy;
}

/* The place with the release in place of each %d. */
static const char *
with_number(struct run *run, const char *place, int n)
{
	struct strings parts = { 0 };
	const char *at;

	for (; (at = strstr(place, "%d")); place = at + 2)
		strings_add(&run->arena, &parts, str_copy(&run->arena, place, (size_t)(at - place)));
	strings_add(&run->arena, &parts, place);
	return strings_join(&run->arena, &parts, str_format(&run->arena, "%d", n));
}

/* Where distributions put one of release n: Debian, Fedora, Arch, Alpine, Gentoo. */
static const char *const system_places[] = {
	"/usr/lib/llvm-%d/lib/libclang.so.1", "/usr/lib/llvm-%d/lib/libclang-%d.so.1",
	"/usr/lib/" MULTIARCH "/libclang-%d.so.1", "/usr/lib64/libclang.so.%d",
	"/usr/lib64/llvm%d/lib/libclang.so.%d", "/usr/lib/libclang.so.%d", "/usr/lib/llvm%d/lib/libclang.so.%d",
	"/usr/lib/llvm/%d/lib64/libclang.so.%d",
};

struct strings
clang_places(struct run *run)
{
	const char *named = run->libclang ? run->libclang : run_env(run, "CUENV_LIBCLANG");
	struct strings places = { 0 };

	if (named) {
		strings_add(&run->arena, &places, path_clean(&run->arena, run->cwd, named));
		return places;
	}
	for (int n = NEWEST; n >= OLDEST - 1; n--)
		for (size_t i = 0; i < sizeof(system_places) / sizeof(system_places[0]); i++) {
			const char *place = with_number(run, system_places[i], n);

			if (world_is_file(run, place))
				strings_add(&run->arena, &places, place);
		}
	return places;
}

/* The folder clang/N or clang/N.x.y below parent that has the headers that clang itself brings. */
static const char *
resource_below(struct run *run, const char *parent, const struct clang *clang)
{
	const char *names[] = { str_format(&run->arena, "%d", clang->major), clang->version };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *directory = str_format(&run->arena, "%s/clang/%s", parent, names[i]);

		if (world_is_file(run, path_join(&run->arena, directory, "include/stddef.h")))
			return directory;
	}
	return NULL;
}

static const char *
find_resource(struct run *run, const char *library, const struct clang *clang)
{
	const char *beside = path_parent(&run->arena, library), *lib = path_parent(&run->arena, clang->path);
	const char *parents[] = { beside, lib,
				  str_format(&run->arena, "%s/../lib", lib),
				  str_format(&run->arena, "%s/../llvm-%d/lib", lib, clang->major),
				  str_format(&run->arena, "/usr/lib/llvm-%d/lib", clang->major) };
	const char *found = NULL;

	for (size_t i = 0; !found && i < sizeof(parents) / sizeof(parents[0]); i++)
		found = resource_below(run, parents[i], clang);
	return found ? world_real(run, found) : NULL;
}

static bool
take_functions(struct run *run, void *library, const char *place, struct clang *out, const char **why)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = dlsym(library, functions[i].name);

		if (!function) {
			*why = str_format(&run->arena, "%s has no %s: it is no libclang of 14 or newer; type: %s", place,
					  functions[i].name, acquired_text(acquire_libclang(run)));
			return false;
		}
		memcpy((char *)out + functions[i].at, &function, sizeof(function));
	}
	return true;
}

/* "Debian clang version 19.1.7 (3+b1)" */
static bool
read_version(struct run *run, const char *place, struct clang *out, const char **why)
{
	const char *text = clang_text(run, out, out->getClangVersion()), *number = strstr(text, "version ");
	struct version version;

	if (!number || !version_parse(number + strlen("version "), &version, NULL)) {
		*why = str_format(&run->arena, "%s does not say its version; type: %s", place,
				  acquired_text(acquire_libclang(run)));
		return false;
	}
	out->version = version_text(&run->arena, &version, 0);
	out->major = version.part[0];
	return true;
}

/* What the loader says of one that is there, by its path; one that is not there can be installed. */
static const char *
not_loaded(struct run *run, const char *place, const char *said)
{
	if (!world_is_file(run, place))
		return str_format(&run->arena, "cannot load %s; type: %s", said, acquired_text(acquire_libclang(run)));
	return str_format(&run->arena, "cannot load %s%s%s", str_starts(said, place) ? "" : place,
			  str_starts(said, place) ? "" : ": ", said);
}

bool
clang_open(struct run *run, const char *place, struct clang *out, const char **why)
{
	void *library = dlopen(place, RTLD_NOW | RTLD_LOCAL);
	struct clang clang = { 0 };
	struct link_map *map;

	if (!library) {
		*why = not_loaded(run, place, dlerror());
		return false;
	}
	if (!take_functions(run, library, place, &clang, why) || !read_version(run, place, &clang, why))
		return false;
	clang.path = place;
	if (dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 && map->l_name[0] == '/')
		clang.path = str_copy(&run->arena, map->l_name, strlen(map->l_name));
	place = clang.path;
	clang.path = world_real(run, place) ? world_real(run, place) : place;
	clang.resource_dir = find_resource(run, place, &clang);
	*out = clang;
	return true;
}

bool
clang_load(struct run *run, struct clang *out, const char **why)
{
	struct strings places = clang_places(run);
	struct clang found, poor = { 0 };

	if (run->root[0]) {
		*why = "libclang reads the files of this machine, not those below --root";
		return false;
	}
	for (size_t i = 0; i < places.n; i++) {
		if (!clang_open(run, places.item[i], &found, why))
			continue;
		if (found.resource_dir || !poor.path)
			*out = poor = found;
		if (found.resource_dir)
			return true;
	}
	if (!places.n)
		*why = str_format(&run->arena, "no libclang of 14 or newer is in the system's folders (those of a Python or conda "
				  "environment are not loaded, unless --libclang FILE names one); type: %s",
				  acquired_text(acquire_libclang(run)));
	return poor.path;
}

const char *
clang_lacks(struct run *run, const struct clang *clang)
{
	return str_format(&run->arena, "libclang %s (%s) lacks the headers that clang brings; type: %s", clang->version,
			  clang->path, acquired_text(acquire_libclang(run)));
}
