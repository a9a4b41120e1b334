/* toolkit_parts.h: the steps from a place to a toolkit, in the order in which inspect_toolkit takes them. */
#ifndef INSPECT_TOOLKIT_PARTS_H
#define INSPECT_TOOLKIT_PARTS_H

#include "base/run.h"
#include "cuenv.h"
#include "inspect/inspect.h"

/* What people call a part, and the abilities that fail without it; indexed by enum part. */
extern const char *const part_label[];
extern const unsigned part_needed[];

/* What nvcc.profile tells nvcc to search; only directories that exist. */
struct profile {
	struct strings include_dirs, lib_dirs, tool_dirs;
	const char *libdevice_dir;
	const char *compiler_dir;	/* compiler-bindir: where nvcc takes its gcc from; NULL: not said */
};

/* Evaluates the nvcc.profile beside nvcc as nvcc does; false when there is none. */
bool profile_read(struct run *run, const char *nvcc, struct profile *out);

/* Fills directories, parts, abilities; brief: only the parts that abilities need. */
void parts_find(struct run *run, const struct place *place, bool brief, struct toolkit *toolkit);

/* Fills version, claims and contradiction; LOOK_BRIEF asks no further once nvcc has said its version, and no JSON. */
void claims_read(struct run *run, const struct place *place, enum look look, struct toolkit *toolkit);

/* The name of the layout, from marker files. */
const char *layout_name(struct run *run, const struct place *place);

/* Fills gap and remedy from the missing parts. */
void gap_describe(struct run *run, const struct place *place, struct toolkit *toolkit);

#endif
