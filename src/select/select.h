/* select.h: a SPEC → one toolkit of the machine. Pure. */
#ifndef SELECT_H
#define SELECT_H

#include "base/spec.h"
#include "cuenv.h"

struct selection {
	const struct toolkit *toolkit;	/* NULL: nothing here is what was asked for */
	const char *why;		/* then one line: what is wrong, what is there instead */
	const char *note;		/* one line, when it is not quite what was asked for: another minor than torch's; or NULL */
};

/*
 * The toolkit that text asks for. "torch" asks rank.h: torch's own minor, else the best one of its major; exact: its own minor
 * or none. Of those that a version admits, the one that can do most, then the newest.
 */
struct selection select_toolkit(struct arena *arena, const struct machine *machine, const char *text, bool exact);

#endif
