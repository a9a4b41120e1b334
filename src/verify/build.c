/*
 * The commands, word for word as torch.utils.cpp_extension writes them into build.ninja (1.13 to 2.15:
 * _write_ninja_file_to_build_library and _prepare_ldflags), with -MD and the linker's -t added so that we see what was
 * really taken. /usr/include is left out of -isystem as torch does; the linker is given lib64, or lib where there is none.
 */
#include "base/path.h"
#include "base/world.h"
#include "build/torch_dirs.h"
#include "verify/plan.h"

#define COMPILE_LIMIT 300	/* seconds; a quick probe takes 4, torch/extension.h 20 to 40 */
#define LINK_LIMIT 120

static void
system_include(struct run *run, struct program *program, const char *directory)
{
	if (directory && !str_same(directory, "/usr/include"))
		words_add(run, &program->argv, "-isystem", directory, NULL);
}

static void
common_flags(struct run *run, const struct plan *plan, struct program *program)
{
	struct strings dirs = torch_include_dirs(run, plan->torch, plan->python, plan->toolkit);

	words_add(run, &program->argv, "-DTORCH_EXTENSION_NAME=" MODULE, "-DTORCH_API_INCLUDE_EXTENSION_H", NULL);
	if (plan->wish->probe == PROBE_FULL) {
		words_add(run, &program->argv, "-DCUENV_FULL", NULL);
		for (size_t i = 0; i < plan->pybind.n; i++)
			strings_add(&run->arena, &program->argv, plan->pybind.item[i]);
	}
	for (size_t i = 0; i < dirs.n; i++)
		system_include(run, program, dirs.item[i]);
	system_include(run, program, plan->python->include_dir);
	if (plan->recipe.says_abi && plan->torch->cxx11_abi >= 0)
		strings_add(&run->arena, &program->argv,
			    str_format(&run->arena, "-D_GLIBCXX_USE_CXX11_ABI=%d", plan->torch->cxx11_abi));
}

static struct program
start(const struct plan *plan, int limit)
{
	return (struct program){ .seconds = limit, .keep_ld = true, .decisive = true, .directory = plan->dir };
}

void
build_surroundings(struct run *run, const struct plan *plan, struct program *program)
{
	words_add(run, &program->set, str_format(&run->arena, "TMPDIR=%s", plan->dir), "LC_ALL=C", NULL);
}

const char *
build_nvcc_named(struct run *run, const struct plan *plan)
{
	return plan->recipe.nvcc_variable ? run_env(run, "PYTORCH_NVCC") : NULL;
}

void
build_nvcc(struct run *run, const struct plan *plan, struct strings *words)
{
	struct host named = { 0 };

	if (build_nvcc_named(run, plan))
		host_set(run, &named, build_nvcc_named(run, plan), "PYTORCH_NVCC");
	for (size_t i = 0; i < named.words.n; i++)
		strings_add(&run->arena, words, named.words.item[i]);
	if (!words->n)
		strings_add(&run->arena, words, plan->toolkit->nvcc);
}

struct program
build_cuda(struct run *run, const struct plan *plan)
{
	struct program program = start(plan, COMPILE_LIMIT);

	build_surroundings(run, plan, &program);
	build_nvcc(run, plan, &program.argv);
	words_add(run, &program.argv, "-MD", "-MF", "scale.d", NULL);
	if (plan->pass_ccbin)
		words_add(run, &program.argv, "-ccbin", strings_join(&run->arena, &plan->nvcc_host.words, " "), NULL);
	common_flags(run, plan, &program);
	for (size_t i = 0; i < plan->recipe.nvcc_flags.n; i++)
		strings_add(&run->arena, &program.argv, plan->recipe.nvcc_flags.item[i]);
	for (size_t i = 0; i < plan->archs.n; i++) {
		const char *arch = plan->archs.item[i], *n = str_starts(arch, "sm_") ? arch + 3 : arch + 8;

		strings_add(&run->arena, &program.argv, str_format(&run->arena, "-gencode=arch=compute_%s,code=%s", n, arch));
	}
	words_add(run, &program.argv, "--compiler-options", "-fPIC",
		  str_format(&run->arena, "-std=c++%d", plan->recipe.cxx_std), "-c", "scale.cu", "-o", "scale.cuda.o", NULL);
	return program;
}

struct program
build_cxx(struct run *run, const struct plan *plan)
{
	struct program program = start(plan, COMPILE_LIMIT);

	build_surroundings(run, plan, &program);
	for (size_t i = 0; i < plan->cxx.words.n; i++)
		strings_add(&run->arena, &program.argv, plan->cxx.words.item[i]);
	words_add(run, &program.argv, "-MD", "-MF", "module.d", NULL);
	common_flags(run, plan, &program);
	words_add(run, &program.argv, "-fPIC", str_format(&run->arena, "-std=c++%d", plan->recipe.cxx_std), "-c",
		  "module.cpp", "-o", "module.o", NULL);
	return program;
}

struct program
build_link(struct run *run, const struct plan *plan)
{
	struct program program = start(plan, LINK_LIMIT);
	const char *lib64 = path_join(&run->arena, plan->toolkit->root, "lib64");
	const char *lib = path_join(&run->arena, plan->toolkit->root, "lib"), *cudnn = torch_cudnn_home(run);

	build_surroundings(run, plan, &program);
	for (size_t i = 0; i < plan->cxx.words.n; i++)
		strings_add(&run->arena, &program.argv, plan->cxx.words.item[i]);
	words_add(run, &program.argv, "module.o", "scale.cuda.o", "-shared",
		  str_format(&run->arena, "-L%s", plan->torch->lib_dir), "-lc10", "-lc10_cuda", "-ltorch_cpu",
		  "-ltorch_cuda", "-ltorch", "-ltorch_python",
		  str_format(&run->arena, "-L%s", !world_is_dir(run, lib64) && world_is_dir(run, lib) ? lib : lib64),
		  "-lcudart", NULL);
	if (cudnn)
		strings_add(&run->arena, &program.argv, str_format(&run->arena, "-L%s/lib64", cudnn));
	words_add(run, &program.argv, "-Wl,-t", "-o", MODULE ".so", NULL);
	return program;
}
