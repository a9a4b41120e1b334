/* activation.h: what a toolkit should make of the environment, before it is compared with the one at hand. */
#ifndef EMIT_ACTIVATION_H
#define EMIT_ACTIVATION_H

#include "emit/emit.h"

#define WANTED_SCALARS 13

/* Variables of a shell alone: not exported, but for some shells' venv. */
#define ACTIVATION_VENV "_OLD_VIRTUAL_PATH"	/* what a venv's deactivate makes PATH again */
#define ACTIVATION_LEFT "_cuenv_left"		/* elements of PATH that were ours and should not be there */

struct wanted {
	struct strings path, libraries;
	struct { const char *name, *value; } scalar[WANTED_SCALARS];	/* value NULL: left alone */
};

/* toolkit NULL: nothing is wanted. False with run->error for a toolkit whose path no list can hold. */
bool activation_wanted(struct run *run, const struct toolkit *toolkit, const struct extras *extras, struct wanted *out);

/* What name is after all changes, from the run's environment; NULL: unset. */
const char *changes_value(struct run *run, const struct changes *changes, const char *name);

/* Directories that hold all of a system's programs: one that came first would hide a venv's. */
bool activation_is_shared(const char *directory);

#endif
