/* toolkit_parts.h: the steps from a lead to a toolkit, in the order in which inspect_toolkit takes them. */
#ifndef INSPECT_TOOLKIT_PARTS_H
#define INSPECT_TOOLKIT_PARTS_H

#include "base/run.h"
#include "cuenv.h"

/* What people call a part, and the abilities that fail without it; indexed by enum part. */
extern const char *const part_label[];
extern const unsigned part_needed[];

/* Where a lead really leads. */
struct place {
	const char *root;	/* real path */
	const char *nvcc;	/* the nvcc to call, in a real directory, with its nvcc.profile beside it if it has one; or NULL */
	const char *program;	/* the ELF program behind it: differs where a script or a wrapper stands in front */
};

/* What nvcc.profile tells nvcc to search; only directories that exist. */
struct profile {
	struct strings include_dirs, lib_dirs, tool_dirs;
	const char *libdevice_dir;
};

/* False, with a trace line, when the lead leads nowhere. */
bool place_find(struct run *run, const struct lead *lead, struct place *out);

/* Evaluates the nvcc.profile beside nvcc as nvcc does; false when there is none. */
bool profile_read(struct run *run, const char *nvcc, struct profile *out);

/* Fills directories, parts, abilities. */
void parts_find(struct run *run, const struct place *place, struct toolkit *toolkit);

/* Fills version, claims and contradiction. */
void claims_read(struct run *run, const struct place *place, struct toolkit *toolkit);

/* The name of the layout, from marker files. */
const char *layout_name(struct run *run, const struct place *place);

/* Fills gap and remedy from the missing parts. */
void gap_describe(struct run *run, struct toolkit *toolkit);

#endif
