/* parts.h: what the files of the replayed loader share. */
#ifndef LOAD_PARTS_H
#define LOAD_PARTS_H

#include "load/loader.h"

/* Reads what the loader itself and the processor decide: default folders, $LIB, $PLATFORM, hwcaps, the cache. */
void loader_tell(struct run *run, struct loader *loader);

/* Whether n more places may be looked at; where not, run_left_out tells. */
bool loader_may_look(struct run *run, struct loader *loader, size_t n);

#endif
