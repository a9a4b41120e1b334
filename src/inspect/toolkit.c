/*
 * What a lead leads to: a toolkit that builds, a runtime without compiler, a broken one, or nothing. The one place that
 * decides it, whoever found the lead; sources only point.
 */
#include "base/str.h"
#include "inspect/inspect.h"
#include "inspect/toolkit_parts.h"

/*
 * Builds: nvcc compiles, and what it compiled can be linked into a program or a torch extension. Broken: there is an nvcc,
 * but it cannot do that, or is no program at all.
 */
static enum state
judge_state(const struct place *place, const struct toolkit *toolkit)
{
	if (!toolkit->nvcc)
		return place->fault ? STATE_BROKEN : STATE_RUNTIME_ONLY;
	return toolkit->abilities & (CAN_LINK | CAN_EXTEND) ? STATE_BUILDS : STATE_BROKEN;
}

static void
describe(struct run *run, const struct place *place, enum look look, struct toolkit *toolkit)
{
	if (look == LOOK_CLOSE || !(toolkit->abilities & CAN_EXTEND))	/* the remedy for a gap is the layout's */
		toolkit->layout = layout_name(run, place);
	if (look == LOOK_CLOSE && toolkit->part[PART_HOST_CONFIG])
		inspect_host_config(run, toolkit->part[PART_HOST_CONFIG], &toolkit->gcc_max, &toolkit->clang_max);
	gap_describe(run, place, toolkit);
}

bool
inspect_toolkit(struct run *run, const struct lead *lead, const struct place *place, enum look look,
		struct toolkit *out)
{
	struct toolkit toolkit = { .root = place->root, .nvcc = place->nvcc };

	parts_find(run, place, look == LOOK_BRIEF, &toolkit);
	if (!toolkit.nvcc && !toolkit.part[PART_CUDART_RUNTIME] && !place->unreadable) {
		run_trace(run, lead->source, lead->path, "has neither nvcc nor libcudart");
		return false;
	}
	claims_read(run, place, look, &toolkit);
	if (!toolkit.version.n && place->unreadable)	/* nothing but its name tells of it, and that is told already */
		return false;
	toolkit.state = judge_state(place, &toolkit);
	if (look > LOOK_BRIEF)
		describe(run, place, look, &toolkit);
	*out = toolkit;
	return true;
}
