/*
 * leftover.h: temporary files and folders that a killed process has left. What is in use is locked, and a lock ends with its
 * process, so that a later run can tell both apart and removes the former.
 */
#ifndef BASE_LEFTOVER_H
#define BASE_LEFTOVER_H

#include "base/run.h"

#define LEFTOVER_FILE ".cuenv-"		/* a dot first: where files are listed by *, as modulefiles are, it is none of them */
#define LEFTOVER_FOLDER "cuenv-verify."

/* The start of a temporary name: prefix, a word for this machine since it was started, a dot; letters and digits follow. */
const char *leftover_name(struct run *run, const char *prefix);

/* Says that an open file or folder, called name in folder (AT_FDCWD: a path), is in use until fd is closed. False: somebody
 * else holds it, or has removed it meanwhile. */
bool leftover_hold(int fd, int folder, const char *name);

/* Removes those in folder that begin with prefix, are mine and in nobody's use. */
void leftover_sweep(struct run *run, const char *folder, const char *prefix);

/* Removes a folder with all that is in it. */
void leftover_remove(const char *path);

#endif
