/* fit.h: the toolkit for a project that states what it can be built with. */
#ifndef SELECT_FIT_H
#define SELECT_FIT_H

#include "base/run.h"
#include "cuenv.h"

struct demand {
	const char *chosen, *by;	/* a SPEC that somebody chose, and who: "CUENV_VERSION", a file's path; NULL: nobody */
	const char *within;		/* what the project takes, as a SPEC of versions: ">=11.8,<12"; NULL: anything */
	bool torch;			/* it is built for the torch at hand */
	bool settled;			/* the toolkit was named by its place, so another SPEC would not help */
};

/*
 * What somebody chose, if the project takes it; where nobody did, the one of torch's minor, then of its major, then the
 * active one, then the one that can do most. NULL with *why set to one line, which ends in what to type.
 */
const struct toolkit *fit_select(struct arena *arena, const struct machine *machine, const struct demand *demand,
				 const char **why);

/* Whether the project takes this toolkit; false with *why. */
bool fit_admits(struct arena *arena, const struct machine *machine, const struct demand *demand,
		const struct toolkit *toolkit, const char **why);

/* Why an extension that this toolkit builds would not load in the torch at hand, and what to do; NULL: it would. */
const char *fit_torch(struct run *run, const struct machine *machine, const struct demand *demand,
		      const struct toolkit *toolkit);

#endif
