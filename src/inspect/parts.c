/*
 * Which parts of a toolkit are there. Three searchers look in different places: nvcc where nvcc.profile says; gcc in its
 * own default directories; torch, when it builds an extension, in CUDA_HOME/include and CUDA_HOME/lib64, or CUDA_HOME/lib
 * where there is no lib64 (torch.utils.cpp_extension, include_paths and _prepare_ldflags).
 */
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"
#include "inspect/toolkit_parts.h"

const char *const part_label[] = {
#define PART(id, label, needed) label,
#include "inspect/parts.def"
#undef PART
};

const unsigned part_needed[] = {
#define PART(id, label, needed) needed,
#include "inspect/parts.def"
#undef PART
};

/* Where gcc and ld look without being told; they count only for toolkits that live in /usr. */
static const char *const default_libs[] = { "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib" };

static const char *
find_in(struct run *run, const struct strings *dirs, const char *name)
{
	char file[PATH_MAX];	/* most places have nothing, and nothing of them is kept */

	for (size_t i = 0; i < dirs->n; i++) {
		int n = snprintf(file, sizeof(file), "%s/%s", dirs->item[i], name);

		if (n > 0 && (size_t)n < sizeof(file) && world_is_file(run, file))
			return str_copy(&run->arena, file, (size_t)n);
	}
	return NULL;
}

static void
add_existing(struct run *run, struct strings *dirs, const char *root, const char *name)
{
	const char *dir = path_join(&run->arena, root, name);

	if (!strings_has(dirs, dir) && world_is_dir(run, dir))
		strings_add(&run->arena, dirs, dir);
}

/* Directories as torch searches them: what the C++ side of an extension is compiled and linked with. */
static void
torch_dirs(struct run *run, const char *root, struct strings *include, struct strings *lib)
{
	add_existing(run, include, root, "include");
	add_existing(run, lib, root, world_is_dir(run, path_join(&run->arena, root, "lib64")) ? "lib64" : "lib");
	if (strcmp(root, "/usr") != 0)
		return;
	for (size_t i = 0; i < sizeof(default_libs) / sizeof(default_libs[0]); i++)
		add_existing(run, lib, "", default_libs[i]);
}

/* Without nvcc.profile: everywhere that some layout keeps headers and libraries. */
static void
other_dirs(struct run *run, const char *root, struct toolkit *toolkit)
{
	static const char *const include[] = { "cuda_runtime/include", "targets/x86_64-linux/include",
					       "targets/sbsa-linux/include", "targets/aarch64-linux/include" };
	static const char *const lib[] = { "cuda_runtime/lib", "targets/x86_64-linux/lib", "targets/sbsa-linux/lib",
					   "targets/aarch64-linux/lib", "lib" };

	for (size_t i = 0; i < sizeof(include) / sizeof(include[0]); i++)
		add_existing(run, &toolkit->include_dirs, root, include[i]);
	for (size_t i = 0; i < sizeof(lib) / sizeof(lib[0]); i++)
		add_existing(run, &toolkit->lib_dirs, root, lib[i]);
}

/* libcudart.so.N of whatever N: what libcudart.so is a link to, else the first there is. */
static const char *
runtime_library(struct run *run, const struct strings *dirs, const char *development)
{
	static const char *const names[] = { "libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0", "libcudart.so.14",
					     "libcudart.so.10.2", "libcudart.so.10.1", "libcudart.so.10.0", "libcudart.so.9.2" };

	const char *target;

	if (development && world_readlink(run, development, &target) && !strchr(target, '/') &&
	    str_starts(target, "libcudart.so."))
		return path_join(&run->arena, path_parent(&run->arena, development), target);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *file = find_in(run, dirs, names[i]);

		if (file)
			return file;
	}
	return NULL;
}

static const char *
find_part(struct run *run, enum part part, const struct place *place, const struct profile *profile,
	  const struct toolkit *toolkit, const struct strings *torch_include, const struct strings *torch_lib)
{
	const char *label = part_label[part], *file;

	switch (part) {
	case PART_NVCC:
		return place->nvcc;
	case PART_PROFILE:
	case PART_LINK_STUB:
		label = place->nvcc ? path_join(&run->arena, path_parent(&run->arena, place->nvcc), label) : NULL;
		return label && world_is_file(run, label) ? label : NULL;
	case PART_LIBDEVICE:
		label = profile->libdevice_dir ? path_join(&run->arena, profile->libdevice_dir, label) : NULL;
		return label && world_is_file(run, label) ? label : NULL;
	case PART_CUDART:
		return find_in(run, torch_lib, label);
	case PART_CUDART_RUNTIME:
		return runtime_library(run, &toolkit->lib_dirs, toolkit->part[PART_CUDART]);
	default:
		break;
	}
	if (str_ends(label, ".h")) {
		file = find_in(run, &toolkit->include_dirs, label);
		return file || (part_needed[part] & CAN_COMPILE) ? file : find_in(run, torch_include, label);
	}
	if (str_ends(label, ".a"))
		return find_in(run, place->nvcc ? &profile->lib_dirs : &toolkit->lib_dirs, label);
	return find_in(run, &profile->tool_dirs, label);
}

static unsigned
judge_abilities(const struct toolkit *toolkit)
{
	unsigned able = CAN_COMPILE | CAN_LINK | CAN_EXTEND;

	for (int i = 0; i < PART_COUNT; i++)
		if (!toolkit->part[i])
			able &= ~part_needed[i];
	return able & CAN_COMPILE ? able : 0;
}

/* Whether a list of words, as CFLAGS is one, has -I or -isystem of a folder. */
static bool
flags_name(struct run *run, const char *variable, const char *dir)
{
	const char *flags = run_env(run, variable), *at = flags;
	size_t n = strlen(dir);

	for (; at && (at = strstr(at, dir)); at += n)
		if (strchr(" \t", at[n]) && at > flags + 1 && (at[-1] == 'I' || at[-1] == ' '))
			return true;
	return false;
}

/* What the environment adds to the compilers' search: conda's activation does it by CFLAGS, others by CPATH. */
static bool
environment_names(struct run *run, const char *dir)
{
	static const char *const lists[] = { "CPATH", "CPLUS_INCLUDE_PATH", "CUDA_INC_PATH" };
	static const char *const flags[] = { "CFLAGS", "CPPFLAGS", "CXXFLAGS" };

	for (size_t i = 0; i < 3; i++) {
		struct strings dirs = str_split(&run->arena, run_env(run, lists[i]) ? run_env(run, lists[i]) : "", ':');

		if (strings_has(&dirs, dir) || flags_name(run, flags[i], dir))
			return true;
	}
	return false;
}

/* The C++ side is compiled with CUDA_HOME/include only: headers in targets/ alone (conda) do not reach it by themselves. */
static bool
headers_reach_torch(struct run *run, const struct toolkit *toolkit, const struct strings *torch_include)
{
	struct strings reached = *torch_include;

	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		if (environment_names(run, toolkit->include_dirs.item[i]))
			strings_add(&run->arena, &reached, toolkit->include_dirs.item[i]);
	return find_in(run, &reached, "cuda_runtime_api.h") && find_in(run, &reached, "cusparse.h");
}

void
parts_find(struct run *run, const struct place *place, bool brief, struct toolkit *toolkit)
{
	struct strings torch_include = { 0 }, torch_lib = { 0 };
	struct profile profile = { 0 };
	bool usr = strcmp(place->root, "/usr") == 0;

	if (place->nvcc)
		profile_read(run, place->nvcc, &profile);
	torch_dirs(run, place->root, &torch_include, &torch_lib);
	for (size_t i = 0; i < profile.include_dirs.n; i++)
		strings_add_once(&run->arena, &toolkit->include_dirs, profile.include_dirs.item[i]);
	for (size_t i = 0; i < profile.lib_dirs.n; i++)
		strings_add_once(&run->arena, &toolkit->lib_dirs, profile.lib_dirs.item[i]);
	if (usr || !place->nvcc || path_below(place->root, "/nix/store"))	/* there the gcc wrapper adds it */
		strings_add_once(&run->arena, &toolkit->include_dirs, path_join(&run->arena, place->root, "include"));
	for (size_t i = 0; i < torch_lib.n; i++)
		strings_add_once(&run->arena, &toolkit->lib_dirs, torch_lib.item[i]);
	if (usr)
		add_existing(run, &profile.tool_dirs, "/usr", "bin");
	if (!place->nvcc)
		other_dirs(run, place->root, toolkit);
	for (int i = 0; i < PART_COUNT; i++)
		if (part_needed[i] || !brief || !place->nvcc)
			toolkit->part[i] = find_part(run, (enum part)i, place, &profile, toolkit, &torch_include, &torch_lib);
	for (int i = 0; i < PART_COUNT; i++)
		if (!toolkit->part[i] && part_needed[i])
			strings_add(&run->arena, &toolkit->missing, part_label[i]);
	toolkit->abilities = judge_abilities(toolkit);
	if (!headers_reach_torch(run, toolkit, &torch_include))
		toolkit->abilities &= ~(unsigned)CAN_EXTEND;
}
