/* update.h: changing a small text file of the user's that several processes may change at once. */
#ifndef BASE_UPDATE_H
#define BASE_UPDATE_H

#include "base/run.h"
#include "base/str.h"

/*
 * Reads the file (empty when it is not there), writes what change makes of it, whole; NULL from change leaves it alone. The
 * folder is made. Of several that do it at once the last one's text stays: for a file that is written anew as a whole. False
 * with run->error.
 */
bool update_text(struct run *run, const char *path,
		 const char *(*change)(struct run *run, const struct blob *old, void *context), void *context);

/* The same, one after the other, so that nobody loses another's lines: for a file that change adds to. */
bool update_list(struct run *run, const char *path,
		 const char *(*change)(struct run *run, const struct blob *old, void *context), void *context);

/* Removes such a file; removed is false when it was not there. False with run->error. */
bool update_remove(struct run *run, const char *path, bool *removed);

#endif
