/*
 * Within a major torch's own build only warns and the runtime's soname is the same; of another major an extension does not
 * load (torch.utils.cpp_extension._check_cuda_version).
 */
#include "select/fit.h"

#include "base/str.h"
#include "know/acquire.h"
#include "select/rank.h"
#include "select/select.h"

/* The project's range, parsed; NULL: it takes any. */
static const struct spec *
range(const struct demand *demand, struct spec *out)
{
	return demand->within && spec_parse(demand->within, out) ? out : NULL;
}

/* The best toolkit for the torch at hand that the project takes too. */
static const struct toolkit *
for_torch(const struct machine *machine, const struct spec *within)
{
	const struct version *cuda = rank_cuda(machine);

	return cuda->n ? rank_best(&machine->toolkits, cuda, within) : NULL;
}

static const struct toolkit *
active(struct arena *arena, const struct machine *machine, const struct demand *demand)
{
	const char *why;
	const struct toolkit *toolkit = select_toolkit(arena, machine, "system", false).toolkit;

	return toolkit && fit_admits(arena, machine, demand, toolkit, &why) ? toolkit : NULL;
}

bool
fit_admits(struct arena *arena, const struct machine *machine, const struct demand *demand, const struct toolkit *toolkit,
	   const char **why)
{
	static const struct version none = { 0 };
	const struct toolkit *instead;
	struct spec spec;

	if (!range(demand, &spec) || spec_admits(&spec, &toolkit->version))
		return true;
	instead = rank_best(&machine->toolkits, &none, range(demand, &spec));
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
	static const struct version none = { 0 };
	const struct toolkit *toolkit = NULL;
	struct selection selection;
	struct spec spec;

	if (demand->chosen) {
		selection = select_toolkit(arena, machine, demand->chosen, false);
		*why = selection.why;
		if (!selection.toolkit && demand->by)
			*why = str_format(arena, "%s (chosen by %s)", *why, demand->by);
		return selection.toolkit && fit_admits(arena, machine, demand, selection.toolkit, why) ? selection.toolkit : NULL;
	}
	if (demand->torch)
		toolkit = for_torch(machine, range(demand, &spec));
	if (!toolkit)
		toolkit = active(arena, machine, demand);
	if (!toolkit)
		toolkit = rank_best(&machine->toolkits, &none, range(demand, &spec));
	if (!toolkit) {
		selection = select_toolkit(arena, machine, demand->within ? demand->within : "latest", false);
		toolkit = selection.toolkit;
		*why = selection.why;
	}
	return toolkit;
}

/* Where to get a toolkit of torch's CUDA, or, when the project takes none of its major, another torch. */
static const char *
torch_remedy(struct run *run, const struct machine *machine, const struct demand *demand)
{
	const struct version *cuda = &machine->torch->cuda;
	struct arena *arena = &run->arena;
	struct spec spec;
	const struct toolkit *here = for_torch(machine, NULL), *fits = for_torch(machine, range(demand, &spec));

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
	if (rank_suits(&toolkit->version, &torch->cuda) != SUITS_NOT)
		return NULL;
	return str_format(arena, "torch %s (%s) is built with CUDA %s, and an extension built with CUDA %s (%s) does not load "
			  "in it; %s", torch->version, machine->python->executable, version_text(arena, &torch->cuda, 2),
			  version_text(arena, &toolkit->version, 0), toolkit->root, torch_remedy(run, machine, demand));
}
