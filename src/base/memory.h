/* memory.h: how much memory there is for a new process. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/run.h"

/* Bytes that a new process can have: MemAvailable, and what the cgroups above this process leave; -1: not known. */
long long memory_free(struct run *run, const char **limit);

/* Cores that this process may use. */
int memory_cores(void);

#endif
