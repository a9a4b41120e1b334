/* program_guard.h: sees that nothing of a program outlives it or us; for program_spawn.c only. */
#ifndef BASE_PROGRAM_GUARD_H
#define BASE_PROGRAM_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * In a child of the process above, which has all signals blocked: becomes the guard of one more child, and returns in that
 * one only. The guard ends with that child's exit code (128 + its signal), once nothing of it is left; SIGTERM, or the end of
 * above, ends the child first. False with errno when there is no process to be had.
 */
bool program_guard(pid_t above);

#endif
