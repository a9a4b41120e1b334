/* cuenv exec [SPEC] -- CMD…: one command with another toolkit, as env(1) would run it; needs no shell, terminal or HOME. */

#include "base/program.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/proof.h"
#include "emit/build_plan.h"
#include "emit/emit.h"

#define FAILED 125	/* env(1): cuenv itself failed */
#define LINES 9		/* most that the build plan says */

/* What the build plan adds to a switch, and says. */
static bool
plan(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const struct request *request,
     struct extras *extras, struct changes *more)
{
	struct build_plan plan = { 0 };
	struct strings limits = activation_limits(run, toolkit);

	if (!build_plan(run, machine, toolkit, extras->archs, &plan))
		return false;
	if (request_has(request, "repair"))
		build_repair(run, machine, toolkit, &request->program, &plan);
	for (size_t i = 0; i < limits.n; i++)
		strings_add(&run->arena, &plan.said, limits.item[i]);
	for (size_t i = 0; i < plan.said.n && i < LINES; i++)
		err("cuenv: %s\n", plan.said.item[i]);
	extras->compiler = plan.compiler;
	extras->archs = plan.archs;
	*more = plan.changes;
	return true;
}

static int
run_exec(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct toolkit *toolkit = request_toolkit(run, machine, request);
	struct extras extras = { 0 };
	struct changes changes, more = { 0 };

	if (!toolkit)
		return FAILED;
	if (request_has(request, "arch") && !build_archs_read(run, request_value(request, "arch"), "--arch", &extras.archs))
		return FAILED;
	if (request_has(request, "repair") && !request_has(request, "build")) {
		run_fail(run, "exec: --repair goes with --build; see: cuenv help exec");
		return FAILED;
	}
	if (request_has(request, "build") && !plan(run, machine, toolkit, request, &extras, &more))
		return FAILED;
	if (proof_refused(run, machine, toolkit))
		err("cuenv: %s\n", proof_refused(run, machine, toolkit));
	changes = activation_changes(run, toolkit, &extras);
	if (run->error)
		return FAILED;
	for (size_t i = 0; i < more.n; i++)
		*list_add(&run->arena, &changes) = more.item[i];
	show_left_out(run);
	return program_become(run, &request->program, activation_apply(run, &changes));
}

static const struct choice choices[] = {
	{ "build", NULL, "set what a torch extension's build needs: one accepted compiler, architectures, jobs",
	  .needs = NEED_TORCH | NEED_COMPILERS | NEED_DETAILS | NEED_GPUS, .full = true },
	{ "repair", NULL, "with --build: raise a -std that is too old for torch, hold setuptools below 82, FORCE_CUDA=1" },
	{ "arch", "LIST", "architectures to build for: 8.6, sm_86, '8.0;9.0+PTX'" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	EXACT_CHOICE,
	{ NULL, NULL, NULL },
};

const struct command command_exec = {
	.name = "exec",
	.arguments = "[SPEC] [OPTION…] -- CMD…",
	.summary = "run one command with a toolkit",
	.details = "Changes nothing but the environment of CMD, which is found on the new PATH. With --build also\n"
		   "CC, CXX, CUDAHOSTCXX and NVCC_CCBIN (one compiler that the toolkit accepts), NVCC_PREPEND_FLAGS\n"
		   "with -ccbin where nvcc does not read NVCC_CCBIN (it does from CUDA 13 on, if not earlier),\n"
		   "TORCH_CUDA_ARCH_LIST and CUDAARCHS (the GPU here, else torch's own), MAX_JOBS (cores and free\n"
		   "memory), and no directories of other toolkits in the compiler's and the loader's search paths.\n"
		   "The option --repair is for packages that are older than torch; it changes what they ask for, and says so:\n"
		   "CXX becomes a link to cuenv that raises a -std to what torch's headers demand, NVCC_APPEND_FLAGS gives\n"
		   "nvcc that -std last, PIP_CONSTRAINT and PIP_BUILD_CONSTRAINT keep setuptools below 82, MMCV_WITH_OPS=1,\n"
		   "and FORCE_CUDA=1 where no GPU is.\n"
		   "Exit code: CMD's; 125 cuenv failed, 126 CMD cannot be run, 127 there is no CMD.",
	.needs = NEED_TOOLKITS | NEED_TORCH,
	.max_arguments = 1,
	.quick = true,
	.spec = 1,
	.takes_program = true,
	.failure = FAILED,
	.choices = choices,
	.run = run_exec,
};
