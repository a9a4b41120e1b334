/* world_open.h: the one place that opens, and that tells a shortage from an absence; for world*.c only. */
#ifndef BASE_WORLD_OPEN_H
#define BASE_WORLD_OPEN_H

#include "base/run.h"

/* open(2) without modes, in the world; the caller closes. -1 with errno. */
int world_open(struct run *run, const char *path, int flags);

/* After a failure: notes in run->shortage where errno is no word about path, but about this process or the disk. */
void world_failed(struct run *run, const char *path);

#endif
