/*
 * Environment modules (Lmod, Tcl modules, EasyBuild): the toolkit of the loaded one (EBROOTCUDA and
 * what sites and Cray set), and those of the modules that could be loaded: MODULEPATH/cuda/11.8 or
 * MODULEPATH/libs/cuda/11.8.lua, read as text by discover/modulefile.c and never run (knowledge
 * from EasyBuild's and site modulefiles).
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static const char *const names[] = {
	"cuda", "CUDA", "cudatoolkit", "cuda-toolkit", "nvhpc", "NVHPC"
};
static const int name_count = (int)(sizeof(names) / sizeof(names[0]));

#define FILES_MAX 1000 /* modulefiles that are read; each may be 64 kB */

struct search {
	struct run *run;
	const struct source *source;
	struct leads *leads;
	int files;
};

static void
take_file(struct search *search, const char *file)
{
	struct run *run = search->run;
	struct strings roots;

	if (search->files++ == FILES_MAX)
		run_left_out(run, file, str_format(&run->arena, "%d modulefiles are read", FILES_MAX));
	if (search->files > FILES_MAX)
		return;
	roots = modulefile_roots(run, file);
	for (size_t i = 0; i < roots.n; i++) {
		const char *nvcc = path_join(&run->arena, roots.item[i], "nvcc");

		if (strcmp(path_name(roots.item[i]), "bin") != 0)
			lead_root(run, search->leads, search->source, roots.item[i], file);
		else if (world_is_program(run, nvcc))
			lead_nvcc(run, search->leads, search->source, nvcc, file);
	}
	if (!roots.n)
		run_trace(run, search->source->name, file,
			  "sets no CUDA_HOME and no PATH that can be read without running it");
}

/* A modulefile, or a folder of them by version. */
static bool
take_name(struct search *search, const char *path, int depth)
{
	struct strings files = { 0 };

	if (!world_list(search->run, path, &files)) {
		if (!world_is_file(search->run, path))
			return false;
		take_file(search, path);
		return true;
	}
	for (size_t i = 0; i < files.n && depth > 0; i++)
		if (files.item[i][0] != '.')
			take_name(search, path_join(&search->run->arena, path, files.item[i]),
				  depth - 1);
	return true;
}

static bool
take_names(struct search *search, const char *directory)
{
	bool found = false;

	for (int i = 0; i < name_count; i++) {
		const char *path = path_join(&search->run->arena, directory, names[i]);

		found = take_name(search, path, 2) || found;
		found = take_name(search, str_format(&search->run->arena, "%s.lua", path), 0) ||
			found;
	}
	return found;
}

/* Sites sort modules by kind: a second level is looked into only where the first has no CUDA. */
static void
find_directory(struct search *search, const char *directory)
{
	struct strings kinds = { 0 };

	if (!world_is_dir(search->run, directory) || take_names(search, directory))
		return;
	world_list(search->run, directory, &kinds);
	for (size_t i = 0; i < kinds.n; i++)
		if (kinds.item[i][0] != '.')
			take_names(search,
				   path_join(&search->run->arena, directory, kinds.item[i]));
}

static void
find_loaded(struct search *search)
{
	static const char *const variables[] = {
		"EBROOTCUDA", "CUDATOOLKIT_HOME", "CRAY_CUDATOOLKIT_DIR",
		"CUDA_DIR",   "CUDADIR",          "CUDA_INSTALL_PATH"
	};

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = run_env(search->run, variables[i]);

		if (value && value[0] == '/')
			lead_root(search->run, search->leads, search->source, value,
				  str_format(&search->run->arena, "%s=%s", variables[i], value));
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const usual[] = { "/etc/modulefiles", "/usr/share/modulefiles",
					     "/opt/modulefiles", "/opt/modules/modulefiles" };
	struct search search = { run, source, leads, 0 };
	const char *path = run_env(run, "MODULEPATH");
	struct strings own = str_split(&run->arena, path ? path : "", ':');

	find_loaded(&search);
	for (size_t i = 0; i < own.n; i++)
		if (own.item[i][0] == '/')
			find_directory(&search, own.item[i]);
	for (size_t i = 0; !path && i < sizeof(usual) / sizeof(usual[0]); i++)
		find_directory(&search, usual[i]);
}

const struct source source_modules = { "modules", "loaded and loadable environment modules", find };
