/* world_open.h: the one place that opens; for world*.c only. */
#ifndef BASE_WORLD_OPEN_H
#define BASE_WORLD_OPEN_H

#include "base/run.h"

/* open(2) without modes, in the world; the caller closes. -1 with errno. */
int world_open(struct run *run, const char *path, int flags);

#endif
