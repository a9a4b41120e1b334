/*
 * import torch, as far as it opens libraries: torch/__init__.py opens libtorch_global_deps.so, some releases then preload
 * CUDA's wheels from site-packages, and torch._C needs the rest. Which wheels, in which order and when is read from that
 * file's own text, because each release has another list: pairs of a folder and a pattern, ("cublas", "libcublas.so.*[0-9]"),
 * in the order of the file. 1.13 to 2.5 preload only where libtorch_global_deps.so does not open; since 2.6 also where it
 * does, when a libcudart is in the process (read in 1.13.1, 2.0.1, 2.5.1, 2.6.0, 2.11.0, 2.15.0: _load_global_deps).
 */
#include <fnmatch.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/loader.h"

struct wheel { const char *folder, *pattern; bool optional; };
struct wheels { struct wheel *item; size_t n; };

/* What _load_global_deps says. */
struct recipe {
	struct wheels all;	/* to preload when libtorch_global_deps.so does not open */
	struct wheels eager;	/* to preload when it does … */
	bool eager_is_all;	/* … or all of them */
	bool lenient;		/* one that is missing does not end that */
	const char *maps;	/* only where a path in the process has this in it; NULL: never */
	const char *cudas;	/* the line that lists the CUDA versions of torch for which alone it is so, or NULL */
};

/* The n-th text in quotes of a line, or NULL. */
static const char *
quoted(struct run *run, const char *line, int n)
{
	for (const char *end; (line += strcspn(line, "'\"")), *line; line = end + 1) {
		end = strchr(line + 1, *line);
		if (!end)
			return NULL;
		if (n-- == 0)
			return str_copy(&run->arena, line + 1, (size_t)(end - line - 1));
	}
	return NULL;
}

/* The pair in a line: its first text in quotes, and the last if that is a library's. */
static bool
pair(struct run *run, const char *line, struct wheel *out)
{
	const char *first = quoted(run, line, 0), *last = first, *next;

	for (int i = 1; (next = quoted(run, line, i)); i++)
		last = next;
	if (!first || last == first || !str_starts(last, "lib") || !strstr(last, ".so."))
		return false;
	*out = (struct wheel){ first, last, strstr(line, "required=False") != NULL };
	return true;
}

/* A line of what is done when libtorch_global_deps.so has opened. */
static void
read_eager(struct run *run, const char *line, struct recipe *out)
{
	struct wheel wheel;

	if (strstr(line, "version.cuda ") && strchr(line, '['))
		out->cudas = line;
	else if (strstr(line, " in _maps"))
		out->maps = quoted(run, line, 0);
	else if (strstr(line, "_preload_cuda_deps(") && pair(run, line, &wheel))
		*list_add(&run->arena, &out->eager) = wheel;
	else if (strstr(line, "_preload_cuda_deps("))
		out->eager_is_all = true;
	out->lenient = out->lenient || (out->eager_is_all && strstr(line, "required=False"));
}

static void
read_recipe(struct run *run, const char *file, struct recipe *out)
{
	enum { BEFORE, OPENED, FAILED } part = BEFORE;
	struct blob text = { 0 };
	const char *line;
	size_t at = 0, length;
	struct wheel wheel;

	world_read(run, file, 1 << 20, &text);
	while (blob_line(&text, &at, &line, &length)) {
		line = str_copy(&run->arena, line, length);
		if (str_starts(line, "if (USE_RTLD_GLOBAL_WITH_LIBTORCH"))
			return;
		if (part == BEFORE && strstr(line, "RTLD_GLOBAL)"))
			part = OPENED;
		else if (part == OPENED && strstr(line, "except OSError"))
			part = FAILED;
		else if (part == OPENED)
			read_eager(run, line, out);
		else if (pair(run, line, &wheel))
			*list_add(&run->arena, &out->all) = wheel;
	}
}

/* The file of a wheel in one folder of libraries, or NULL. */
static const char *
in_folder(struct run *run, const char *folder, const char *pattern)
{
	struct strings names = { 0 };

	world_list(run, folder, &names);
	for (size_t i = 0; i < names.n; i++)
		if (fnmatch(pattern, names.item[i], 0) == 0)
			return path_join(&run->arena, folder, names.item[i]);
	return NULL;
}

/* nvidia/NAME/lib, since CUDA 13 nvidia/cu13/lib, and since torch 2.10 also NAME/lib, of each folder of sys.path. */
static const char *
wheel_file(struct run *run, const struct python *python, const struct torch *torch, const struct wheel *wheel)
{
	struct arena *arena = &run->arena;

	for (size_t i = 0; i < python->site_dirs.n; i++) {
		const char *site = python->site_dirs.item[i], *file;

		file = in_folder(run, str_format(arena, "%s/nvidia/%s/lib", site, wheel->folder), wheel->pattern);
		if (!file && torch->cuda.n)
			file = in_folder(run, str_format(arena, "%s/nvidia/cu%d/lib", site, torch->cuda.part[0]),
					 wheel->pattern);
		if (file)
			return file;
	}
	return NULL;
}

/* As far as Python's exception for one that is missing or does not open. */
static bool
preload(struct run *run, struct loader *loader, const struct python *python, const struct torch *torch,
	const struct wheels *wheels, bool lenient)
{
	for (size_t i = 0; i < wheels->n; i++) {
		const char *file = wheel_file(run, python, torch, &wheels->item[i]);

		if (file ? loader_try(run, loader, file) != NULL : !lenient && !wheels->item[i].optional)
			return false;
	}
	return true;
}

static bool
is_eager(struct run *run, const struct loader *loader, const struct torch *torch, const struct recipe *recipe)
{
	const char *cuda = str_format(&run->arena, "\"%s\"", version_text(&run->arena, &torch->cuda, 2));

	if (!recipe->maps || (recipe->cudas && !strstr(recipe->cudas, cuda)))
		return false;
	for (size_t i = 0; i < loader->n; i++)
		if (strstr(loader->item[i].path, recipe->maps))
			return true;
	return false;
}

/* Whether the name of what did not open is one that torch has a wheel for. */
static bool
is_known(const struct recipe *recipe, const char *missing)
{
	for (size_t i = 0; i < recipe->all.n; i++) {
		const char *pattern = recipe->all.item[i].pattern;

		if (strncmp(missing, pattern, strcspn(pattern, ".")) == 0)
			return true;
	}
	return false;
}

static bool
open_global_deps(struct run *run, struct loader *loader, const struct python *python, const struct torch *torch)
{
	const char *file = path_join(&run->arena, torch->lib_dir, "libtorch_global_deps.so"), *missing;
	struct recipe recipe = { 0 };

	read_recipe(run, path_join(&run->arena, torch->dir, "__init__.py"), &recipe);
	missing = loader_try(run, loader, file);
	if (!missing) {
		if (is_eager(run, loader, torch, &recipe))
			preload(run, loader, python, torch, recipe.eager_is_all ? &recipe.all : &recipe.eager, recipe.lenient);
		return true;
	}
	if (is_known(&recipe, missing) && preload(run, loader, python, torch, &recipe.all, false))
		missing = loader_try(run, loader, file);
	if (missing)
		loader_open(run, loader, file);	/* for what it lacks */
	return !missing;
}

/* torch._C, which needs libtorch_python.so; that one itself where the extension's name is another. */
static const char *
extension(struct run *run, const struct torch *torch)
{
	struct strings names = { 0 };

	world_list(run, torch->dir, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], "_C.") && str_ends(names.item[i], ".so"))
			return path_join(&run->arena, torch->dir, names.item[i]);
	return path_join(&run->arena, torch->lib_dir, "libtorch_python.so");
}

bool
loader_import_torch(struct run *run, struct loader *loader, const struct python *python, const struct torch *torch)
{
	if (!torch->lib_dir || !loader_open(run, loader, python->real ? python->real : python->executable))
		return false;
	return open_global_deps(run, loader, python, torch) && loader_open(run, loader, extension(run, torch)) &&
	       !loader->absent.n;
}
