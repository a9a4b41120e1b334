/*
 * Debian and Ubuntu name the library libclang-19.so.1 and keep its own headers in /usr/lib/llvm-19/lib/clang/19 (14: …/14.0.6),
 * in the package libclang-common-19-dev; conda has lib/libclang.so.13 (the upstream soname since 13) and lib/clang/19; Fedora
 * /usr/lib64/libclang.so.19 and /usr/lib/clang/19; PyPI's libclang is site-packages/clang/native/libclang.so, without headers.
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

#define NEWEST 22
#define OLDEST 14
#define INSTALL "sudo apt install libclang1-19 libclang-common-19-dev"

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

static void
add_of_python(struct run *run, const struct python *python, struct strings *places)
{
	const char *prefixes[] = { python->prefix, python->base_prefix };

	for (size_t i = 0; i < python->site_dirs.n; i++)
		strings_add_once(&run->arena, places,
				 path_join(&run->arena, python->site_dirs.item[i], "clang/native/libclang.so"));
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		for (int n = NEWEST; prefixes[i] && n >= OLDEST - 1; n--)
			strings_add_once(&run->arena, places,
					 str_format(&run->arena, "%s/lib/libclang.so.%d", prefixes[i], n));
}

struct strings
clang_places(struct run *run, const struct python *python)
{
	const char *named = run_env(run, "CUENV_LIBCLANG");
	struct strings places = { 0 };

	if (named) {
		strings_add(&run->arena, &places, path_clean(&run->arena, run->cwd, named));
		return places;
	}
	for (int n = NEWEST; n >= OLDEST; n--) {
		strings_add(&run->arena, &places, str_format(&run->arena, "libclang-%d.so.1", n));
		strings_add(&run->arena, &places, str_format(&run->arena, "/usr/lib/llvm-%d/lib/libclang.so.1", n));
		strings_add(&run->arena, &places, str_format(&run->arena, "libclang.so.%d", n));
	}
	strings_add(&run->arena, &places, "libclang.so.1");
	strings_add(&run->arena, &places, "libclang.so.13");
	if (python)
		add_of_python(run, python, &places);
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
			*why = str_format(&run->arena, "%s has no %s: it is no libclang of 14 or newer; type: " INSTALL, place,
					  functions[i].name);
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
		*why = str_format(&run->arena, "%s does not say its version; type: " INSTALL, place);
		return false;
	}
	out->version = version_text(&run->arena, &version, 0);
	out->major = version.part[0];
	return true;
}

bool
clang_open(struct run *run, const char *place, struct clang *out, const char **why)
{
	void *library = dlopen(place, RTLD_NOW | RTLD_LOCAL);
	struct clang clang = { 0 };
	struct link_map *map;

	if (!library) {
		*why = str_format(&run->arena, "cannot load %s; type: " INSTALL, dlerror());
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
clang_load(struct run *run, const struct python *python, struct clang *out, const char **why)
{
	struct strings places = clang_places(run, python);
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
	if (!poor.path && places.n > 1)
		*why = "no libclang of 14 or newer is installed; type: " INSTALL;
	return poor.path;
}

const char *
clang_lacks(struct run *run, const struct clang *clang)
{
	const char *get = path_below(clang->path, "/usr/lib") ?
		str_format(&run->arena, "sudo apt install libclang-common-%d-dev", clang->major) : INSTALL;

	return str_format(&run->arena, "libclang %s (%s) lacks the headers that clang brings; type: %s", clang->version,
			  clang->path, get);
}
