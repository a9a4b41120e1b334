/*
 * Within a major torch's own build only warns and the runtime's soname is the same; of another major an extension does not
 * load (torch.utils.cpp_extension._check_cuda_version).
 */
#include "select/fit.h"

#include "base/spec.h"
#include "base/str.h"
#include "know/acquire.h"
#include "select/select.h"

/* The best toolkit of a version (NULL: of any) that the project takes too; NULL: there is none. */
static const struct toolkit *
best_of(struct arena *arena, const struct machine *machine, const char *version, const char *within)
{
	const char *spec = version && within ? str_format(arena, "%s,%s", version, within) : version ? version : within, *why;

	return select_toolkit(arena, machine, spec ? spec : ">=0", &why);
}

static const struct toolkit *
for_torch(struct arena *arena, const struct machine *machine, const char *within)
{
	const struct torch *torch = machine->torch;
	const struct toolkit *toolkit;

	if (!torch || !torch->cuda.n)
		return NULL;
	toolkit = best_of(arena, machine, version_text(arena, &torch->cuda, 2), within);
	return toolkit ? toolkit : best_of(arena, machine, version_text(arena, &torch->cuda, 1), within);
}

static const struct toolkit *
active(struct arena *arena, const struct machine *machine, const struct demand *demand)
{
	const char *why;
	const struct toolkit *toolkit = select_toolkit(arena, machine, "system", &why);

	return toolkit && fit_admits(arena, machine, demand, toolkit, &why) ? toolkit : NULL;
}

bool
fit_admits(struct arena *arena, const struct machine *machine, const struct demand *demand, const struct toolkit *toolkit,
	   const char **why)
{
	const struct toolkit *instead;
	struct spec spec;

	if (!demand->within || (spec_parse(demand->within, &spec) && spec_admits(&spec, &toolkit->version)))
		return true;
	instead = best_of(arena, machine, NULL, demand->within);
	*why = str_format(arena, "CUDA %s (%s)%s is not %s, which the project asks for", version_text(arena, &toolkit->version, 0),
			  toolkit->root, demand->by ? str_format(arena, ", chosen by %s,", demand->by) : "", demand->within);
	if (!instead)
		*why = str_format(arena, "%s; none here is, see: cuenv versions", *why);
	else if (!demand->settled)
		*why = str_format(arena, "%s; %s is: cmake -DCUDAENV_SPEC=%s …", *why, version_text(arena, &instead->version, 0),
				  version_text(arena, &instead->version, 2));
	return false;
}

const struct toolkit *
fit_select(struct arena *arena, const struct machine *machine, const struct demand *demand, const char **why)
{
	const struct toolkit *toolkit = NULL;

	if (demand->chosen) {
		toolkit = select_toolkit(arena, machine, demand->chosen, why);
		if (!toolkit && demand->by)
			*why = str_format(arena, "%s (chosen by %s)", *why, demand->by);
		return toolkit && fit_admits(arena, machine, demand, toolkit, why) ? toolkit : NULL;
	}
	if (demand->torch)
		toolkit = for_torch(arena, machine, demand->within);
	if (!toolkit)
		toolkit = active(arena, machine, demand);
	return toolkit ? toolkit : select_toolkit(arena, machine, demand->within ? demand->within : ">=0", why);
}

/* Where to get a toolkit of torch's CUDA, or, when the project takes none of its major, another torch. */
static const char *
torch_remedy(struct run *run, const struct machine *machine, const struct demand *demand)
{
	const struct version *cuda = &machine->torch->cuda;
	struct arena *arena = &run->arena;
	const struct toolkit *here = for_torch(arena, machine, NULL), *fits = for_torch(arena, machine, demand->within);
	struct spec spec;

	if (fits)
		return str_format(arena, demand->settled ? "CUDA %s is here (%s)" : "cmake -DCUDAENV_SPEC=%s …",
				  version_text(arena, &fits->version, 2), fits->root);
	if (demand->within && spec_parse(demand->within, &spec) && (here || !spec_admits(&spec, cuda)))
		return str_format(arena, "the project asks for %s: take a Python whose torch has such a CUDA, cmake "
				  "-DCUDAENV_PYTHON=/path/to/bin/python …", demand->within);
	return acquired_text(acquire_toolkit(run, machine, cuda));
}

const char *
fit_torch(struct run *run, const struct machine *machine, const struct demand *demand, const struct toolkit *toolkit)
{
	const struct torch *torch = machine->torch;
	struct arena *arena = &run->arena;

	if (!machine->python)
		return "no Python at hand; cmake -DCUDAENV_PYTHON=/path/to/bin/python …";
	if (!torch || !torch->version)
		return str_format(arena, "%s has no torch; cmake -DCUDAENV_PYTHON=/path/to/bin/python …",
				  machine->python->executable);
	if (!torch->cuda.n)
		return str_format(arena, "torch %s in %s is no CUDA build; cmake -DCUDAENV_PYTHON=/path/to/bin/python …",
				  torch->version, torch->dir);
	if (torch->cuda.part[0] == toolkit->version.part[0])
		return NULL;
	return str_format(arena, "torch %s (%s) is built with CUDA %s, and an extension built with CUDA %s (%s) does not load "
			  "in it; %s", torch->version, machine->python->executable, version_text(arena, &torch->cuda, 2),
			  version_text(arena, &toolkit->version, 0), toolkit->root, torch_remedy(run, machine, demand));
}
