/*
 * --repair: what stands between an old package and a new torch is often no more than a pin. A package's own flags come last
 * on g++'s command line, so a -std can only be raised by a program in its place: a link to cuenv called c++, which calls the
 * real compiler (cli/shim_cxx.c). nvcc takes the last -std too, and NVCC_APPEND_FLAGS comes last. pip reads PIP_CONSTRAINT,
 * from 25.3 on PIP_BUILD_CONSTRAINT, for the packages that it fetches for an isolated build; with --no-build-isolation it
 * refuses the latter, so that is only for a command that says pip and nothing of isolation.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/build_plan.h"

static void
set(struct run *run, struct build_plan *plan, const char *name, const char *value)
{
	*list_add(&run->arena, &plan->changes) = (struct change){ CHANGE_SET, name, value };
}

/* Where c++ and constraints.txt are: beside this program, or beside its twin in libexec. */
static const char *
folder(struct run *run)
{
	static const char *const places[] = { "repair", "../libexec/cuenv/repair" };
	const char *self;

	for (size_t i = 0; world_readlink(run, "/proc/self/exe", &self) && i < 2; i++) {
		const char *place = path_join(&run->arena, path_parent(&run->arena, self), places[i]);
		const char *real = world_real(run, place);

		if (real && world_is_program(run, path_join(&run->arena, real, "c++")))
			return real;
	}
	return NULL;
}

/* CUDA 13's CCCL headers demand C++17 of whoever includes them. */
static int
demanded(const struct machine *machine, const struct toolkit *toolkit)
{
	int torch = machine->torch ? machine->torch->cxx_std : 0, cccl = toolkit->version.part[0] >= 13 ? 17 : 0;

	return torch > cccl ? torch : cccl;
}

static void
raise_std(struct run *run, const char *place, int std, struct build_plan *plan)
{
	const char *flags = plan->compiler.append ? plan->compiler.append : run_env(run, "NVCC_APPEND_FLAGS");
	const char *cxx = plan->compiler.cxx;
	const char *wrapper = path_join(&run->arena, place, "c++");

	set(run, plan, "CUENV_REPAIR_SELF", world_real(run, "/proc/self/exe"));
	set(run, plan, "CUENV_REPAIR_CXX", cxx);
	set(run, plan, "CUENV_REPAIR_STD", str_format(&run->arena, "%d", std));
	set(run, plan, "CXX", wrapper);
	set(run, plan, "NVCC_APPEND_FLAGS", str_format(&run->arena, "%s%s-std=c++%d", flags ? flags : "", flags ? " " : "", std));
	strings_add(&run->arena, &plan->said,
		    str_format(&run->arena, "repair: a -std below C++%d is raised for %s (by CXX=%s); nvcc gets -std=c++%d last",
			       std, cxx, wrapper, std));
}

static bool
mentions(const struct strings *program, const char *word)
{
	for (size_t i = 0; i < program->n; i++)
		if (strstr(program->item[i], word))
			return true;
	return false;
}

static void
hold_setuptools(struct run *run, const char *place, const struct strings *program, struct build_plan *plan)
{
	static const char *const names[] = { "PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT" };
	const char *file = path_join(&run->arena, place, "constraints.txt");
	bool isolates = mentions(program, "pip") && !mentions(program, "build-isolation") &&
			!run_env(run, "PIP_NO_BUILD_ISOLATION");

	if (strpbrk(file, " \t\n"))	/* pip splits at blanks, and knows no quotes */
		return;
	for (size_t i = 0; i < (isolates ? 2 : 1); i++) {
		const char *given = run_env(run, names[i]);

		set(run, plan, names[i], given ? str_format(&run->arena, "%s %s", given, file) : file);
	}
	strings_add(&run->arena, &plan->said, "repair: setuptools<82, which has pkg_resources, wherever pip fetches one");
}

static void
switches(struct run *run, const struct machine *machine, struct build_plan *plan)
{
	static const char *const names[] = { "MMCV_WITH_OPS", "FORCE_CUDA" };
	struct strings given = { 0 };

	for (size_t i = 0; i < (machine->gpus.n ? 1 : 2); i++) {
		if (run_env(run, names[i]))
			continue;
		set(run, plan, names[i], "1");
		strings_add(&run->arena, &given, str_format(&run->arena, "%s=1", names[i]));
	}
	if (given.n)
		strings_add(&run->arena, &plan->said,
			    str_format(&run->arena, "repair: %s%s", strings_join(&run->arena, &given, " "),
				       given.n > 1 ? ", for no GPU is here to ask" : ""));
}

void
build_repair(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const struct strings *program,
	     struct build_plan *plan)
{
	const char *place = folder(run);
	int std = demanded(machine, toolkit);

	if (!place)
		strings_add(&run->arena, &plan->said, "repair: libexec/cuenv/repair is not installed; no -std is raised");
	if (place && std >= 17)	/* below, nothing is old enough to be raised, and nvcc's last word would only lower */
		raise_std(run, place, std, plan);
	if (place)
		hold_setuptools(run, place, program, plan);
	switches(run, machine, plan);
}
