/* cuenv gen KIND [SPEC]: files that lead CMake, pkg-config, Meson, modules, conda or direnv to one toolkit. */
#include <string.h>

#include "base/path.h"
#include "check/recipe.h"
#include "cli/command.h"
#include "cli/gen_write.h"
#include "cli/print.h"
#include "emit/build_plan.h"
#include "select/select.h"

/* The rows that are meant: one, or all, each with a folder of its own. */
static bool
find_jobs(struct run *run, const char *name, const char *folder, struct jobs *out)
{
	bool all = strcmp(name, "all") == 0;
	struct strings names = { 0 };

	for (int i = 0; i < generator_count; i++) {
		const struct generator *generator = generators[i];

		strings_add(&run->arena, &names, generator->name);
		if (all || str_same(generator->name, name))
			*list_add(&run->arena, out) = (struct job){ .generator = generator, .from.folder =
				all && folder ? path_join(&run->arena, folder, generator->name) : folder };
	}
	return out->n || run_fail(run, "gen: no kind '%s'; there are: %s, all", clipped(&run->arena, name),
				  strings_join(&run->arena, &names, ", "));
}

/* Where to write, absolute; NULL: to standard output, which holds one file. */
static bool
find_folder(struct run *run, const struct request *request, const char **out)
{
	const char *kind = request_argument(request, 0), *folder = request_value(request, "output");
	const struct generator *generator = generator_find(kind);

	*out = NULL;
	if (folder && strcmp(folder, "-") != 0) {
		if (!*folder)
			return run_fail(run, "gen: -o needs a folder");
		*out = path_clean(&run->arena, run->cwd, folder);
		return true;
	}
	if (generator ? !generator->single : strcmp(kind, "all") == 0)
		return run_fail(run, "gen %s makes more than one file; say where: cuenv gen %s%s%s -o DIR", kind, kind,
				request_argument(request, 1) ? " " : "",
				request_argument(request, 1) ? clipped(&run->arena, request_argument(request, 1)) : "");
	return !request_has(request, "check") || run_fail(run, "gen: --check tries files; say where to write them: -o DIR");
}

/* The build plan for generators that build, and what was asked for by name for the others. */
static bool
plan(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const struct request *request,
     struct jobs *jobs)
{
	const char *archs = request_value(request, "arch");
	struct build_plan plan = { 0 };
	struct extras asked = { 0 };
	bool builds = false;

	for (size_t i = 0; i < jobs->n; i++)
		builds = builds || (jobs->item[i].generator->builds && toolkit->nvcc);
	if (archs && !build_archs_read(run, archs, "--arch", &archs))
		return false;
	if ((builds || request_has(request, "compiler")) && !build_compiler(run, machine, toolkit, &plan))
		return false;
	if (builds)
		build_archs(run, machine, toolkit, archs, &plan);
	if (request_has(request, "compiler"))
		asked = (struct extras){ .compiler = plan.compiler };
	asked.archs = archs;
	asked.runtime = request_has(request, "runtime");
	for (size_t i = 0; i < plan.said.n; i++)
		err("cuenv: %s\n", plan.said.item[i]);
	for (size_t i = 0; i < jobs->n; i++) {
		struct blueprint *from = &jobs->item[i].from;

		from->machine = machine;
		from->toolkit = toolkit;
		from->asked = asked;
		if (machine->torch)
			recipe_flags(run, machine->torch, &from->cxx_flags, &from->nvcc_flags);
		from->env_vars = request_has(request, "env-vars");
		from->plan = (struct extras){ .compiler = plan.compiler, .archs = plan.archs };
	}
	return true;
}

static int
run_gen(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct toolkit *toolkit;
	const char *folder;
	struct jobs jobs = { 0 };

	if (!find_folder(run, request, &folder) || !find_jobs(run, request_argument(request, 0), folder, &jobs))
		return 2;
	toolkit = request_toolkit(run, machine, request);
	if (!toolkit)
		return 1;
	if (toolkit->gap)
		err("cuenv: %s: %s%s%s\n", toolkit->root, toolkit->gap,
			toolkit->remedy ? "; to mend it: " : "", toolkit->remedy ? toolkit->remedy : "");
	if (!(toolkit->abilities & CAN_LINK) && jobs.item[0].generator->builds)
		err("cuenv: %s: its nvcc links no program as it is, so project(… CUDA) fails with it\n",
			toolkit->root);
	if (!plan(run, machine, toolkit, request, &jobs))
		return 2;
	for (size_t i = 0; i < jobs.n; i++)
		if (!jobs.item[i].generator->generate(run, &jobs.item[i].from, &jobs.item[i].sheets))
			return 2;
	if (folder)
		return gen_write(run, request, &jobs);
	return gen_print(run, request, &jobs);
}

static const struct choice choices[] = {
	{ "output", "DIR", "(-o) the folder to write into; a kind that is one file goes to standard output without it" },
	{ "check", NULL, "try the files: libpkgconf solves the .pc files, cmake and meson configure a small project" },
	{ "compiler", NULL, "in module, conda and direnv also CC, CXX, CUDAHOSTCXX, NVCC_CCBIN, NVCC_PREPEND_FLAGS" },
	{ "arch", "LIST", "architectures to build for: 8.6,9.0+PTX" },
	{ "runtime", NULL, "in module, conda and direnv also LD_LIBRARY_PATH" },
	{ "env-vars", NULL, "in conda plain variables, for shells that read no script of POSIX's; PATH is not among them" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_gen = {
	.name = "gen",
	.arguments = "KIND [SPEC]",
	.summary = "write files that lead CMake and others to a toolkit",
	.details = "KIND is toolchain (a CMake toolchain file), preset (CMakeUserPresets.json), cmake (a package for\n"
		   "find_package(CudaEnv)), pkgconfig (.pc files under NVIDIA's names), meson (a native file), module\n"
		   "(Tcl and Lua), conda (activate.d and deactivate.d), direnv (.envrc), or all, each in a folder of its\n"
		   "own. SPEC as for cuenv prefix.\n\n"
		   "A file that is there is overwritten only when its top says that cuenv gen made it. Prints the files\n"
		   "written and, on standard error, the command that uses them. toolchain, preset and meson also hold\n"
		   "what cuenv exec --build would choose: a host compiler that the toolkit accepts, and architectures.",
	.needs = NEED_TOOLKITS | NEED_TORCH | NEED_COMPILERS | NEED_DETAILS | NEED_GPUS,
	.min_arguments = 1,
	.max_arguments = 2,
	.spec = 2,
	.choices = choices,
	.json = true,
	.run = run_gen,
};
