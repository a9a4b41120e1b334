/* compiler_version.h: which version a compiler driver is, out of its files. */
#ifndef INSPECT_COMPILER_VERSION_H
#define INSPECT_COMPILER_VERSION_H

#include "base/run.h"
#include "cuenv.h"

/* "12" of "x86_64-linux-gnu-g++-12"; n == 0 when the name ends in no number. */
struct version compiler_version_in_name(const char *path);

/* Sets the version of the driver at real (links resolved), called path. False when it is no compiler that works. */
bool compiler_version(struct run *run, struct compiler *compiler);

#endif
