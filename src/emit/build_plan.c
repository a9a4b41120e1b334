#define _GNU_SOURCE
#include "emit/build_plan.h"

#include <sched.h>

#include "base/str.h"

static int
cores(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
}

bool
build_plan(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *archs,
	   struct build_plan *out)
{
	struct build_plan plan = { 0 };
	const struct torch *torch = machine->torch;

	strings_add(&run->arena, &plan.said,
		    str_format(&run->arena, "CUDA %s at %s%s%s%s", version_text(&run->arena, &toolkit->version, 0),
			       toolkit->root, torch ? ", torch " : "", torch ? torch->version ? torch->version : "?" : "",
			       torch && torch->cuda.n && !version_same_minor(&toolkit->version, &torch->cuda)
				       ? str_format(&run->arena, " (built with CUDA %s)",
						    version_text(&run->arena, &torch->cuda, 2))
				       : ""));
	if (!build_compiler(run, machine, toolkit, &plan))
		return false;
	build_archs(run, machine, toolkit, archs, &plan);
	build_jobs(run, cores(), &plan);
	build_scrub(run, machine, toolkit, &plan);
	*out = plan;
	return true;
}
