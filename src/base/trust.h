/*
 * trust.h: whose files count. What another user wrote, or could have written, decides nothing here: no cached result, list of
 * toolkits, version file or library. The one rule: the path, each folder above it, and each symbolic link on the way (the link
 * itself, not what it leads to) belong to this user or root, and none of them can be written by others. A folder with the
 * sticky bit may be, as /tmp is: nobody else can replace what belongs to us in it.
 */
#ifndef BASE_TRUST_H
#define BASE_TRUST_H

#include "base/run.h"
#include "base/str.h"

/*
 * Whether what is at the path, as far as it exists, is ours or root's; else *why, one sentence that begins with the folder or
 * file at fault. Below --root all is: that is another machine, of whose files nothing runs here.
 */
bool trust_path(struct run *run, const char *path, const char **why);

/* Reads a file if it can be trusted; false too where there is none. What is not trusted is noted for --why, by who asks. */
bool trust_read(struct run *run, const char *who, const char *path, size_t max, struct blob *out);

#endif
