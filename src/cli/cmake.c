/* cuenv cmake [SPEC]: what cmake/FindCudaEnv.cmake asks: one toolkit for a CMake project, as CMake's set() commands. */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "check/recipe.h"
#include "cli/command.h"
#include "cli/print.h"
#include "emit/find.h"
#include "machine.h"
#include "select/choice.h"
#include "select/fit.h"

/* CUDA_HOME is somebody's word too; an nvcc on PATH or a /usr/local/cuda need not be. */
static bool
read_demand(struct run *run, const struct request *request, struct demand *out)
{
	static const char *const variables[] = { "CUDA_HOME", "CUDA_PATH" };
	struct chosen chosen = { request_argument(request, 0), NULL };
	struct spec spec;

	out->within = request_value(request, "within");
	if (out->within && (!spec_parse(out->within, &spec) || spec.kind != SPEC_VERSION || spec.n > 3))
		return run_fail(run, "cmake: --within takes up to three versions: '>=11.7,<12'");
	if (!chosen.spec && !choice_make(run, &chosen))
		return false;
	if (request_argument(request, 0))
		chosen.origin = "CUDAENV_SPEC";
	for (size_t i = 0; !chosen.origin && i < sizeof(variables) / sizeof(variables[0]); i++)
		if (run_env(run, variables[i]))
			chosen.origin = variables[i];
	if (chosen.origin) {
		out->chosen = chosen.spec;
		out->by = chosen.origin;
	}
	return true;
}

/* The toolkit at the place that the user or an earlier configure named: a root, or an nvcc. */
static const struct toolkit *
look_at(struct run *run, const char *path)
{
	struct toolkit *toolkit = arena_alloc(&run->arena, sizeof(*toolkit));
	struct stat st;

	if (!world_stat(run, path, &st))
		run_fail(run, "%s is not there (any more)", path);
	else if (!machine_look(run, path, S_ISREG(st.st_mode), toolkit))
		run_fail(run, "%s is no toolkit: %s", path,
			 run->traces.n ? run->traces.item[run->traces.n - 1].why : "no nvcc");
	else if (!toolkit->nvcc || !toolkit->version.n)
		run_fail(run, "%s %s no nvcc%s%s", path, S_ISDIR(st.st_mode) ? "has" : "is", toolkit->remedy ? "; " : "",
			 toolkit->remedy ? toolkit->remedy : "");
	else
		return toolkit;
	return NULL;
}

/* False, with run->error. */
static bool
choose(struct run *run, const struct machine *machine, const struct request *request, struct demand *demand,
       struct find *find)
{
	const char *at = request_value(request, "at"), *why;
	struct demand named = { .within = demand->within, .settled = true };

	find->choice = fit_select(&run->arena, machine, demand, &why);
	find->by = demand->by;
	find->choice_fault = find->choice || !demand->chosen ? NULL : why;
	if (!at) {
		find->toolkit = find->choice;
		return find->choice || run_fail(run, "%s", why);
	}
	find->toolkit = look_at(run, path_clean(&run->arena, run->cwd, at));
	return find->toolkit && (fit_admits(&run->arena, machine, &named, find->toolkit, &why) || run_fail(run, "%s", why));
}

/* TORCH_CUDA_ARCH_LIST, where it names numbers: torch's own names of architectures are torch's to read. */
static const char *
asked_archs(struct run *run)
{
	const char *list = run_env(run, "TORCH_CUDA_ARCH_LIST"), *archs;

	if (!list || list[strspn(list, "0123456789.;, +PTXaf")] || !build_archs_read(run, list, "TORCH_CUDA_ARCH_LIST", &archs))
		return NULL;
	return archs;
}

static bool
plan(struct run *run, const struct machine *machine, const struct request *request, struct find *find)
{
	const char *archs = asked_archs(run);

	if (run->error)
		return false;
	if (request_has(request, "compiler") && !build_compiler(run, machine, find->toolkit, &find->plan))
		return false;
	if (request_has(request, "archs"))
		build_archs(run, machine, find->toolkit, archs, &find->plan);
	return true;
}

static int
run_cmake(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *components = request_value(request, "components"), *text;
	struct find find = { .machine = machine };
	struct demand demand = { 0 };

	if (components && *components)
		find.components = str_split(&run->arena, components, ',');
	demand.torch = strings_has(&find.components, "torch");
	if (!read_demand(run, request, &demand))
		return 2;
	if (!choose(run, machine, request, &demand, &find) || !plan(run, machine, request, &find))
		return 1;
	demand.settled = request_has(request, "at");
	if (demand.torch) {
		find.torch_fault = fit_torch(run, machine, &demand, find.toolkit);
		if (machine->torch && machine->torch->version)
			recipe_flags(run, machine->torch, &find.cxx_flags, &find.nvcc_flags);
	}
	if (!find_text(run, &find, &text))
		return 1;
	out_exact(text);
	return 0;
}

static const struct choice choices[] = {
	{ "within", "RANGE", "the versions that the project takes: '>=11.8,<12'" },
	{ "components", "LIST", "the libraries that it wants: cudart,cublas,torch" },
	{ "at", "PATH", "the root or the nvcc that is already settled, whatever is chosen here" },
	{ "compiler", NULL, "also a host compiler that the toolkit accepts", .needs = NEED_COMPILERS },
	{ "archs", NULL, "also architectures, as cuenv exec --build", .needs = NEED_GPUS },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_cmake = {
	.name = "cmake",
	.arguments = "[SPEC]",
	.summary = "answer CMake's find_package(CudaEnv)",
	.details = "What FindCudaEnv.cmake runs; see docs/cmake.md. Without SPEC: what is chosen here (see cuenv prefix), or\n"
		   "CUDA_HOME; where nobody chose, the toolkit of torch's CUDA if torch is a component, else the one that a\n"
		   "build started here would take, if it lies in RANGE, else the best one that does.",
	.needs = NEED_TOOLKITS | NEED_TORCH | NEED_DETAILS,
	.max_arguments = 1,
	.choices = choices,
	.run = run_cmake,
};
