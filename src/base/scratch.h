/* scratch.h: a folder that is gone when its user is done, also at Ctrl-C; after a kill -9 the next run removes it. */
#ifndef BASE_SCRATCH_H
#define BASE_SCRATCH_H

#include "base/run.h"

/*
 * Makes a private folder in TMPDIR, else in /tmp, /var/tmp or HOME, calls use with its path and removes it with all that is in
 * it. SIGINT, SIGTERM and SIGHUP wait until then (program_run sees them and ends early). With keep, that folder is made
 * and used instead, and stays; it must be new, empty, or one that was kept before. False with run->error when no folder can be made; else what use returned.
 */
bool scratch_with(struct run *run, const char *keep, bool (*use)(struct run *run, const char *dir, void *context),
		  void *context);

/* The same with a folder in that place, from where what is whole can be renamed to its own. */
bool scratch_in(struct run *run, const char *place, bool (*use)(struct run *run, const char *dir, void *context), void *context);

#endif
