#include "emit/build_plan.h"

#include "base/memory.h"
#include "base/str.h"

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
	build_jobs(run, memory_cores(), &plan);
	build_scrub(run, machine, toolkit, &plan);
	*out = plan;
	return true;
}
