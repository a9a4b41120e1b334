#include "cli/proof.h"

#include "base/str.h"
#include "select/rank.h"

/* From CUDA 11 on a driver runs what any toolkit of its major version builds; before, it must know the very toolkit. */
static bool
too_old(const struct version *cuda, const struct version *toolkit)
{
	struct version minor = { 2, { toolkit->part[0], toolkit->part[1], 0, 0 } };

	return toolkit->part[0] < 11 ? version_compare(cuda, &minor) < 0 : cuda->part[0] < toolkit->part[0];
}

static const char *
driver_text(struct run *run, const struct driver *driver, const struct toolkit *toolkit)
{
	if (!driver)
		return "no driver";
	if (!driver->cuda.n)
		return str_format(&run->arena, "driver %s", driver->version);
	return str_format(&run->arena, "driver %s, up to CUDA %s%s", driver->version,
			  version_text(&run->arena, &driver->cuda, 2),
			  too_old(&driver->cuda, &toolkit->version) ? ": too old to run what this builds" : "");
}

static const char *
torch_text(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	static const char *const words[] = {
		[SUITS_NOT] = "NO match", [SUITS_MAJOR] = "other minor, same major", [SUITS_MINOR] = "match",
	};
	const struct torch *torch = machine->torch;
	const char *cuda;

	if (!torch || !torch->version)
		return "no torch";
	if (!torch->cuda.n)
		return str_format(&run->arena, "torch %s is no CUDA build", torch->version);
	cuda = version_text(&run->arena, &torch->cuda, 2);
	return str_format(&run->arena, "torch %s (CUDA %s): %s", torch->version, cuda,
			  words[rank_suits(&toolkit->version, &torch->cuda)]);
}

const char *
proof_refused(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	const struct torch *torch = machine->torch;
	const struct toolkit *best = rank_for_torch(machine);

	if (!torch || !torch->version || !torch->cuda.n || rank_suits(&toolkit->version, &torch->cuda) != SUITS_NOT)
		return NULL;
	return str_format(&run->arena, "CUDA %s is not for torch %s (CUDA %s): its build refuses another major version, and a "
			  "module built so does not load%s", version_text(&run->arena, &toolkit->version, 2), torch->version,
			  version_text(&run->arena, &torch->cuda, 2),
			  best ? str_format(&run->arena, "; CUDA %s does: say torch in place of the version",
					    version_text(&run->arena, &best->version, 2)) : "");
}

const char *
proof_line(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "CUDA %s at %s, nvcc %s; %s; %s", version_text(&run->arena, &toolkit->version, 0),
			  toolkit->root, toolkit->nvcc ? "here" : "missing", driver_text(run, machine->driver, toolkit),
			  torch_text(run, machine, toolkit));
}
