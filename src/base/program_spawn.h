/* program_spawn.h: one child with its guard (program_guard.h) and its two streams; program.c looks after it. */
#ifndef BASE_PROGRAM_SPAWN_H
#define BASE_PROGRAM_SPAWN_H

#include <sys/types.h>

#include "base/program.h"

/* The guard, and our ends of its stdout and stderr, which do not block; -1 with errno. */
pid_t program_spawn(struct run *run, const struct program *program, int out[2]);

#endif
