/*
 * Where torch is. Wheels and the pytorch channel put all of it into site-packages/torch; conda-forge keeps libraries and
 * headers in the environment's lib/ and include/; Debian links torch/lib and torch/include into /usr. An editable install
 * is reached by a .pth file (then site_dirs has it) or by an import hook, __editable___torch_…_finder.py, that maps names.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

static bool
is_torch(struct run *run, const char *directory)
{
	return world_is_file(run, path_join(&run->arena, directory, "__init__.py")) ||
	       world_is_file(run, path_join(&run->arena, directory, "version.py"));
}

/* MAPPING: dict[str, str] = {'torch': '/src/pytorch/torch', …} */
static const char *
mapped(struct run *run, const char *finder)
{
	static const char key[] = "'torch': '";
	struct blob text;
	const char *start, *end;

	if (!world_read(run, finder, 1 << 18, &text) || !(start = blob_find(&text, key)))
		return NULL;
	start += sizeof(key) - 1;
	end = memchr(start, '\'', text.size - (size_t)(start - text.data));
	return end && *start == '/' ? str_copy(&run->arena, start, (size_t)(end - start)) : NULL;
}

static bool
find_hook(struct run *run, const char *site, struct torch_place *place, struct torch *torch)
{
	struct strings names = { 0 };

	world_list(run, site, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *file, *directory;

		if (!str_starts(names.item[i], "__editable___torch_") || !str_ends(names.item[i], "_finder.py"))
			continue;
		file = path_join(&run->arena, site, names.item[i]);
		directory = mapped(run, file);
		if (!directory || !is_torch(run, directory))
			continue;
		torch->dir = directory;
		place->finder = file;
		return true;
	}
	return false;
}

static bool
find_package(struct run *run, const struct python *python, struct torch_place *place, struct torch *torch)
{
	for (size_t i = 0; i < python->site_dirs.n; i++) {
		torch->dir = path_join(&run->arena, python->site_dirs.item[i], "torch");
		if (is_torch(run, torch->dir))
			return true;
		if (world_is_dir(run, torch->dir))
			run_trace(run, "torch", torch->dir, "the remains of a torch: no __init__.py");
	}
	for (size_t i = 0; i < python->site_dirs.n; i++)
		if (find_hook(run, python->site_dirs.item[i], place, torch))
			return true;
	return false;
}

static const char *
first_with(struct run *run, const char *const *directories, const char *name)
{
	for (; *directories; directories++)
		if (world_is_file(run, path_join(&run->arena, *directories, name)))
			return *directories;
	return NULL;
}

/* include_paths() of torch/utils/cpp_extension.py; whether it lists TH and THC (torch 2.5 does) stands there. */
static void
find_headers(struct run *run, const char *base, struct torch *torch)
{
	static const char *const more[] = { "torch/csrc/api/include", "TH", "THC" };
	struct blob text = { 0 };

	world_read(run, path_join(&run->arena, torch->dir, "utils/cpp_extension.py"), 1 << 20, &text);
	strings_add(&run->arena, &torch->include_dirs, base);
	for (size_t i = 0; i < (blob_find(&text, "(lib_include, 'THC')") ? 3 : 1); i++) {
		const char *directory = path_join(&run->arena, base, more[i]);

		if (world_is_dir(run, directory))
			strings_add(&run->arena, &torch->include_dirs, directory);
	}
}

bool
torch_find(struct run *run, const struct python *python, struct torch_place *place, struct torch *torch)
{
	const char *libs[3] = { NULL }, *includes[3] = { NULL }, *include;

	if (!find_package(run, python, place, torch))
		return false;
	place->site = path_parent(&run->arena, torch->dir);
	place->prefix = path_below(torch->dir, python->prefix) ? python->prefix : python->base_prefix;
	libs[0] = path_join(&run->arena, torch->dir, "lib");
	libs[1] = path_join(&run->arena, place->prefix, "lib");
	includes[0] = path_join(&run->arena, torch->dir, "include");
	includes[1] = path_join(&run->arena, place->prefix, "include");
	torch->lib_dir = first_with(run, libs, "libc10.so");
	if (!torch->lib_dir)
		torch->lib_dir = libs[0];	/* where torch itself would look */
	include = first_with(run, includes, "ATen/ATen.h");
	if (include)
		find_headers(run, include, torch);
	return true;
}

/* Of several (a removed torch may leave one) the one whose name has the version, without its local part. */
static const char *
info_in(struct run *run, const char *site, const char *version)
{
	struct strings names = { 0 };
	const char *found = NULL;
	size_t n = version ? strcspn(version, "+") : 0;

	world_list(run, site, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.item[i], *its = name + 6;
		bool egg = strcmp(name, "torch.egg-info") == 0;

		if (!egg && (!str_starts(name, "torch-") || *its < '0' || *its > '9' ||
			     (!str_ends(name, ".dist-info") && !str_ends(name, ".egg-info"))))
			continue;
		if (!found || (!egg && n && strncmp(its, version, n) == 0 && strchr("+.-", its[n])))
			found = path_join(&run->arena, site, name);
	}
	return found;
}

/* Of an editable install it lies in site-packages, not beside the sources. */
const char *
torch_info(struct run *run, const struct torch_place *place, const char *version)
{
	const struct strings *sites = &place->python->site_dirs;
	const char *info = info_in(run, place->site, version);

	if (str_ends(place->site, "-packages"))
		return info;
	for (size_t i = 0; i < sites->n && !(info && str_ends(info, ".dist-info")); i++) {
		const char *other = info_in(run, sites->item[i], version);

		info = other ? other : info;
	}
	return info;
}
