/* parts.h: what the files of the replayed loader share. */
#ifndef LOAD_PARTS_H
#define LOAD_PARTS_H

#include "load/loader.h"

/* Reads what the loader itself and the processor decide: default folders, $LIB, $PLATFORM, hwcaps, the cache. */
void loader_tell(struct run *run, struct loader *loader);

/* The cache's best entry for a soname, or NULL; lengths are checked. machine: e_machine of the program. */
const char *cache_find(struct run *run, const struct loader *loader, unsigned machine, const char *soname);

#endif
