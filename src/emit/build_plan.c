#include "emit/build_plan.h"

#include "base/memory.h"
#include "base/str.h"

static const char *
name(struct run *run, const struct compiler *c)
{
	return c->version.n ? str_format(&run->arena, "%s %s", c->is_clang ? "clang" : "GCC",
					 version_text(&run->arena, &c->version, 0)) : "of unknown version";
}

bool
build_compiler(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct build_plan *plan)
{
	struct compiler_choice choice = compiler_here(run, machine, toolkit);
	const struct compiler *refused = choice.refused.compiler;
	const char *why = "";

	if (!choice.compiler)
		return run_fail(run, "%s; type: %s", compiler_lack(run, machine, toolkit),
				compiler_get(run, machine, toolkit->gcc_max));
	if (refused)
		why = str_format(&run->arena, ": %s (%s) will not do, %s", choice.refused.from, name(run, refused),
				 compiler_bound(run, machine, toolkit, refused->is_clang, &refused->version));
	plan->compiler = compiler_variables(run, machine, toolkit, choice.compiler);
	strings_add(&run->arena, &plan->said, str_format(&run->arena, "compiler %s (%s)%s", choice.compiler->path,
							 name(run, choice.compiler), why));
	return true;
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
	build_jobs(run, memory_cores(), &plan);
	build_scrub(run, machine, toolkit, &plan);
	*out = plan;
	return true;
}
