/*
 * What torch.utils.cpp_extension adds to a package's own flags in a setup.py build (BuildExtension, 1.13 to 2.15): its
 * include directories behind the package's, COMMON_NVCC_FLAGS before the package's own flags, macros behind them, and a
 * -std where the package gives none. Python's own CFLAGS come first for C++, and have NDEBUG.
 */
#include "base/path.h"
#include "base/world.h"
#include "build/torch_dirs.h"
#include "check/recipe.h"
#include "scan/plan.h"

static void
add_dir(struct run *run, struct scan_flags *flags, const char *dir)
{
	if (dir && !str_same(dir, "/usr/include") && world_is_dir(run, dir))
		strings_add_once(&run->arena, &flags->system_dirs, dir);
}

static void
add_dirs(struct run *run, const struct machine *machine, struct scan_flags *flags)
{
	const struct toolkit *toolkit = machine->toolkit;
	struct strings dirs = torch_include_dirs(run, machine->torch, machine->python, toolkit);

	for (size_t i = 0; i < dirs.n; i++)
		add_dir(run, flags, dirs.item[i]);
	for (size_t i = 0; flags->cuda && toolkit && i < toolkit->include_dirs.n; i++)
		add_dir(run, flags, toolkit->include_dirs.item[i]);
	if (machine->python)
		add_dir(run, flags, path_join(&run->arena, machine->python->prefix, "include"));
	if (machine->python)
		add_dir(run, flags, machine->python->include_dir);
}

void
plan_torch_before(struct run *run, const struct scan_plan *plan, struct plan_pair *pair)
{
	const struct machine *machine = plan->machine;
	struct plan_responses responses = { 0 };
	struct recipe recipe = { 0 };

	pair->flags[PLAN_CUDA].cuda = true;
	if (machine->torch)
		recipe_read(run, machine->torch, &recipe);
	plan_flags(run, plan, &recipe.nvcc_flags, 0, "/", NULL, &responses, &pair->flags[PLAN_CUDA], NULL);
	strings_add(&run->arena, &pair->flags[PLAN_CXX].defines, "NDEBUG");
	add_dirs(run, machine, &pair->flags[PLAN_CXX]);
	add_dirs(run, machine, &pair->flags[PLAN_CUDA]);
}

void
plan_torch_after(struct run *run, const struct scan_plan *plan, const char *extension, struct plan_pair *pair)
{
	const struct torch *torch = plan->machine->torch;
	struct plan_responses responses = { 0 };
	struct recipe recipe = { 0 };
	struct strings words = { 0 };

	if (!torch)
		return;
	recipe_read(run, torch, &recipe);
	strings_add(&run->arena, &words, "-DTORCH_API_INCLUDE_EXTENSION_H");
	if (recipe.passes_pybind)
		recipe_pybind(run, torch, &words);
	strings_add(&run->arena, &words, str_format(&run->arena, "-DTORCH_EXTENSION_NAME=%s", extension));
	if (recipe.says_abi && torch->cxx11_abi >= 0)
		strings_add(&run->arena, &words, str_format(&run->arena, "-D_GLIBCXX_USE_CXX11_ABI=%d", torch->cxx11_abi));
	for (int i = PLAN_CXX; i <= PLAN_CUDA; i++) {
		plan_flags(run, plan, &words, 0, "/", NULL, &responses, &pair->flags[i], NULL);
		if (pair->flags[i].std)
			continue;
		pair->flags[i].std = recipe.cxx_std;
		pair->flags[i].std_by = recipe.file ? recipe.file : "torch's own build";
	}
}
