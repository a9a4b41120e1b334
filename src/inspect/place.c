/*
 * From a lead to the root of a toolkit. nvcc takes its own directory from the path that it was started by and does not
 * resolve a link to itself, so a link without nvcc.profile beside it is broken as called; scripts that exec the real nvcc
 * work (Debian's /usr/bin/nvcc). Both were run with nvcc 11.8 and 13.0.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

#define DEBIAN_BIN "/usr/lib/nvidia-cuda-toolkit/bin"
#define RUNTIME_HEADER "include/cuda_runtime.h"
#define DEPTH 4	/* scripts and links in front of each other; more is a loop */

static bool find_nvcc(struct run *run, const char *who, const char *path, int depth, struct place *out);

static bool
pass(struct run *run, const char *who, const char *path, const char *why)
{
	run_trace(run, who, path, why);
	return false;
}

/* The same for an nvcc that is there and of no use, which makes a toolkit broken rather than a mere runtime. */
static bool
spoil(struct run *run, const char *who, const char *nvcc, const char *why, struct place *out)
{
	out->fault = str_format(&run->arena, "%s %s", nvcc, why);
	return pass(run, who, nvcc, why);
}

static const char *
beside(struct run *run, const char *file, const char *name)
{
	return path_join(&run->arena, path_parent(&run->arena, file), name);
}

static void
set(struct run *run, const char *nvcc, const char *program, struct place *out)
{
	const char *bin = path_parent(&run->arena, nvcc), *wrapped = beside(run, nvcc, ".nvcc-wrapped");

	out->nvcc = nvcc;
	out->program = world_is_file(run, wrapped) ? wrapped : program;
	out->root = strcmp(bin, DEBIAN_BIN) == 0 ? "/usr" : path_parent(&run->arena, bin);
}

/* The word of an exec line that names another nvcc: exec /usr/lib/nvidia-cuda-toolkit/bin/nvcc "$@" */
static const char *
exec_target(struct run *run, const struct blob *script)
{
	const char *line;
	size_t at = 0, length;

	while (blob_line(script, &at, &line, &length)) {
		const char *text = str_trim(&run->arena, line, length);

		if (!str_starts(text, "exec "))
			continue;
		for (text += 5; *text;) {
			size_t n;

			text += strspn(text, " \t\"'");
			n = strcspn(text, " \t\"'");
			if (n > 5 && strstr(str_copy(&run->arena, text, n), "nvcc"))
				return str_copy(&run->arena, text, n);
			text += n;
		}
	}
	return NULL;
}

static bool
find_by_script(struct run *run, const char *who, const char *nvcc, int depth, struct place *out)
{
	struct blob script;
	const char *target;

	if (!world_read_at(run, nvcc, 0, 8192, &script))
		return pass(run, who, nvcc, "cannot be read");
	target = exec_target(run, &script);
	if (!target)
		return pass(run, who, nvcc, "is a script without an exec line that names an nvcc");
	if (target[0] != '/')
		return pass(run, who, nvcc, str_format(&run->arena, "is a script that calls %s: no toolkit of its own", target));
	if (strcmp(path_parent(&run->arena, target), path_parent(&run->arena, nvcc)) == 0) {
		set(run, nvcc, target, out);
		return true;
	}
	/* torch takes the folder above the script's for CUDA_HOME: right for Debian's /usr/bin/nvcc, wrong for one in ~/bin */
	out->detour |= !world_is_file(run, beside(run, nvcc, "../" RUNTIME_HEADER));
	return find_nvcc(run, who, target, depth - 1, out);
}

/* A link: the toolkit is where it points, unless only here nvcc.profile and the runtime's headers come together (Nix's merged view). */
static bool
find_by_link(struct run *run, const char *who, const char *nvcc, const char *real, int depth, struct place *out)
{
	bool profile_here = world_is_file(run, beside(run, nvcc, "nvcc.profile"));
	bool profile_there = world_is_file(run, beside(run, real, "nvcc.profile"));
	const char *root_there = path_parent(&run->arena, path_parent(&run->arena, real));

	if (profile_here &&
	    (!profile_there || !world_is_file(run, path_join(&run->arena, root_there, RUNTIME_HEADER))) &&
	    (!profile_there || world_is_file(run, beside(run, nvcc, "../" RUNTIME_HEADER)))) {
		set(run, nvcc, real, out);
		return true;
	}
	if (!profile_here)
		run_trace(run, who, nvcc,
			  str_format(&run->arena, "is a link without nvcc.profile beside it, broken as called; call %s", real));
	out->detour |= !profile_here;
	return find_nvcc(run, who, real, depth - 1, out);
}

/* HPC SDK's compilers/bin/nvcc only redirects to ../../cuda/X.Y/bin/nvcc. */
static const char *
behind_redirector(struct run *run, const char *bin)
{
	const char *sdk = path_parent(&run->arena, path_parent(&run->arena, bin));
	const char *cuda = path_join(&run->arena, sdk, "cuda/bin/nvcc");

	return str_ends(bin, "/compilers/bin") && world_is_file(run, cuda) ? cuda : NULL;
}

/* The table of sections is the last thing in a program: a file that ends before it was not copied whole. */
static bool
is_cut(struct run *run, const char *program, const struct blob *start)
{
	Elf64_Ehdr header;
	struct stat st;

	if (start->size < sizeof(header))
		return true;
	memcpy(&header, start->data, sizeof(header));
	return world_stat(run, program, &st) &&
	       header.e_shoff + (Elf64_Off)header.e_shnum * header.e_shentsize > (Elf64_Off)st.st_size;
}

static bool
find_nvcc(struct run *run, const char *who, const char *path, int depth, struct place *out)
{
	const char *real = world_real(run, path), *bin = path_parent(&run->arena, path), *nvcc;
	struct blob start;

	if (!str_same(real, path))	/* a path without links needs no second look */
		bin = world_real(run, bin);
	if (!bin || depth == 0)
		return spoil(run, who, path, depth ? "does not exist" : "leads round in a circle", out);
	nvcc = behind_redirector(run, bin);
	if (nvcc) {
		out->detour = true;
		return find_nvcc(run, who, nvcc, depth - 1, out);
	}
	nvcc = path_join(&run->arena, bin, path_name(path));
	if (!real || !world_read_at(run, real, 0, sizeof(Elf64_Ehdr), &start))
		return spoil(run, who, path, real ? "cannot be read" : "is a dangling link or does not exist", out);
	if (start.size >= 2 && memcmp(start.data, "#!", 2) == 0)
		return find_by_script(run, who, nvcc, depth, out);
	if (start.size < 4 || memcmp(start.data, "\177ELF", 4) != 0)
		return spoil(run, who, path, "is neither a program nor a script", out);
	if (is_cut(run, real, &start))
		return spoil(run, who, path, "is only the beginning of a program", out);
	if (strcmp(real, nvcc) != 0)
		return find_by_link(run, who, nvcc, real, depth, out);
	set(run, nvcc, nvcc, out);
	return true;
}

/* A folder of somebody else's, mode 0700: not the same as an empty one. */
static bool
may_not(struct run *run, const char *path)
{
	struct stat st;

	return !world_stat(run, path, &st) && errno == EACCES;
}

static bool
find_root(struct run *run, const struct lead *lead, struct place *out)
{
	const char *root = world_real(run, lead->path), *nvcc, *target;
	struct stat st;

	if (!root)
		return pass(run, lead->source, lead->path,
			    may_not(run, lead->path) ? "cannot be read: permission denied" :
			    world_readlink(run, lead->path, &target) ? "is a dangling link" : "does not exist");
	if (strcmp(root, "/usr") == 0 && world_is_file(run, DEBIAN_BIN "/nvcc"))
		return find_nvcc(run, lead->source, DEBIAN_BIN "/nvcc", DEPTH, out);
	nvcc = path_join(&run->arena, root, "bin/nvcc");
	if (world_is_file(run, nvcc) && find_nvcc(run, lead->source, nvcc, DEPTH, out))
		return true;
	if (!world_is_dir(run, root))
		return pass(run, lead->source, lead->path, "is not a directory");
	if (world_stat(run, nvcc, &st) && !S_ISREG(st.st_mode))
		spoil(run, lead->source, nvcc, "is no file", out);
	else if (world_readlink(run, nvcc, &target) && !world_is_file(run, nvcc))
		spoil(run, lead->source, nvcc, str_format(&run->arena, "is a dangling link to %s", target), out);
	else if ((out->unreadable = may_not(run, nvcc)))
		spoil(run, lead->source, path_parent(&run->arena, nvcc), "cannot be read: permission denied", out);
	*out = (struct place){ .root = root, .fault = out->fault, .unreadable = out->unreadable };
	return true;
}

bool
inspect_place(struct run *run, const struct lead *lead, struct place *out)
{
	struct place place = { 0 };

	if (!(lead->is_nvcc ? find_nvcc(run, lead->source, lead->path, DEPTH, &place)
			    : find_root(run, lead, &place)))
		return false;
	if (strstr(place.root, "/pkgs/") && world_is_file(run, path_join(&run->arena, place.root, "info/index.json")))
		return pass(run, lead->source, place.root, "is an unpacked package in conda's cache, not a place to build from");
	*out = place;
	return true;
}
