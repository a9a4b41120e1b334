/* select.h: "11.8", ">=11.7,<12", "torch", "system" → one toolkit of the machine. Pure. */
#ifndef SELECT_H
#define SELECT_H

#include "base/spec.h"
#include "cuenv.h"

/*
 * The toolkit that text asks for: among those admitted the one that can do most, then the newest. NULL with *why set to
 * one line (what is wrong, what is there instead) when text is no SPEC or nothing here fits.
 */
const struct toolkit *select_toolkit(struct arena *arena, const struct machine *machine, const char *text,
				     const char **why);

#endif
