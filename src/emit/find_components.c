/*
 * Which file is a component's library. A toolkit's own lie in the directories that nvcc.profile and torch search; stubs, which
 * a program is linked with and never run with, come after them, and wheels have only libcublas.so.13. HPC SDK keeps its
 * mathematics in math_libs/X.Y, two folders up. cuDNN is no part of a toolkit: it lies in it where somebody unpacked it there,
 * in a Python's nvidia/cudnn, or where the distribution's packages go.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/find.h"
#include "know/acquire.h"

struct row { const char *name, *library, *header; };

static const struct row rows[] = {
#define COMPONENT(name, library, header) { name, library, header },
#include "emit/components.def"
#undef COMPONENT
};

/* Directories of libraries and of headers. */
struct dirs { struct strings lib, include; };

static void
add_prefix(struct run *run, struct dirs *dirs, const char *prefix)
{
	static const char *const lib[] = { "lib64", "lib", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu" };

	for (size_t i = 0; i < sizeof(lib) / sizeof(lib[0]); i++)
		strings_add(&run->arena, &dirs->lib, path_join(&run->arena, prefix, lib[i]));
	strings_add(&run->arena, &dirs->include, path_join(&run->arena, prefix, "include"));
}

static struct dirs
dirs_of(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *name)
{
	const char *sdk = path_parent(&run->arena, path_parent(&run->arena, toolkit->root));
	struct dirs dirs = { 0 };

	for (size_t i = 0; i < toolkit->lib_dirs.n; i++)
		strings_add(&run->arena, &dirs.lib, toolkit->lib_dirs.item[i]);
	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		strings_add(&run->arena, &dirs.include, toolkit->include_dirs.item[i]);
	add_prefix(run, &dirs, str_format(&run->arena, "%s/math_libs/%s", sdk, path_name(toolkit->root)));
	if (strcmp(name, "cupti") == 0)
		add_prefix(run, &dirs, path_join(&run->arena, toolkit->root, "extras/CUPTI"));
	if (strcmp(name, "cudnn") != 0)
		return dirs;
	for (size_t i = 0; machine && machine->python && i < machine->python->site_dirs.n; i++)
		add_prefix(run, &dirs, path_join(&run->arena, machine->python->site_dirs.item[i], "nvidia/cudnn"));
	add_prefix(run, &dirs, "/usr");
	return dirs;
}

static const char *
dir_with(struct run *run, const struct strings *dirs, const char *name)
{
	for (size_t i = 0; i < dirs->n; i++)
		if (world_is_file(run, path_join(&run->arena, dirs->item[i], name)))
			return dirs->item[i];
	return NULL;
}

/* libcublas.so.13 where no libcublas.so is. */
static const char *
numbered(struct run *run, const struct strings *dirs, const char *start)
{
	for (size_t i = 0; i < dirs->n; i++) {
		struct strings names = { 0 };

		world_list(run, dirs->item[i], &names);
		for (size_t j = 0; j < names.n; j++)
			if (str_starts(names.item[j], start) && names.item[j][strlen(start)] == '.')
				return path_join(&run->arena, dirs->item[i], names.item[j]);
	}
	return NULL;
}

static const char *
library_in(struct run *run, const struct dirs *dirs, const char *name)
{
	struct strings own = { 0 }, stubs = { 0 };
	const char *so = str_format(&run->arena, "lib%s.so", name), *a = str_format(&run->arena, "lib%s.a", name), *dir, *file;

	for (size_t i = 0; i < dirs->lib.n; i++)
		strings_add(&run->arena, str_ends(dirs->lib.item[i], "/stubs") ? &stubs : &own, dirs->lib.item[i]);
	for (size_t i = 0; i < own.n; i++)
		strings_add_once(&run->arena, &stubs, path_join(&run->arena, own.item[i], "stubs"));
	if ((dir = dir_with(run, &own, so)))
		return path_join(&run->arena, dir, so);
	if ((dir = dir_with(run, &own, a)))
		return path_join(&run->arena, dir, a);
	if ((file = numbered(run, &own, so)))
		return file;
	dir = dir_with(run, &stubs, so);
	return dir ? path_join(&run->arena, dir, so) : NULL;
}

const char *
component_library(struct run *run, const struct toolkit *toolkit, const char *name)
{
	struct dirs dirs = dirs_of(run, NULL, toolkit, name);

	return library_in(run, &dirs, name);
}

static const char *
unknown(struct run *run)
{
	struct strings names = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		strings_add(&run->arena, &names, rows[i].name);
	return str_format(&run->arena, "there is no such component; there are: %s, torch",
			  strings_join(&run->arena, &names, ", "));
}

static const char *
no_cudnn(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	const char *wheel = str_format(&run->arena, "nvidia-cudnn-cu%d", toolkit->version.part[0]);

	return str_format(&run->arena, "no libcudnn in %s, in the Python at hand or in /usr; %s", toolkit->root,
			  machine->python ? acquired_text(acquire_packages(run, machine->python, machine->torch, wheel))
					  : str_format(&run->arena, "the wheel %s has one", wheel));
}

bool
component_look(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *name,
	       struct component *out)
{
	const struct row *row = NULL;
	struct dirs dirs;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			row = &rows[i];
	*out = (struct component){ 0 };
	if (!row) {
		out->fault = unknown(run);
		return false;
	}
	dirs = dirs_of(run, machine, toolkit, row->name);
	out->library = library_in(run, &dirs, row->library);
	out->include_dir = dir_with(run, &dirs.include, row->header);
	if (!out->library)
		out->fault = strcmp(name, "cudnn") == 0
				     ? no_cudnn(run, machine, toolkit)
				     : str_format(&run->arena, "no lib%s in %s", row->library, toolkit->root);
	else if (!out->include_dir)
		out->fault = str_format(&run->arena, "%s is here and its header %s is not", out->library, row->header);
	return !out->fault;
}
