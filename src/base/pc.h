/* pc.h: a .pc file as libpkgconf understands it, read from text that comes through world.h: no other file is looked at. */
#ifndef BASE_PC_H
#define BASE_PC_H

#include "base/run.h"

struct pc {
	struct strings names, values;	/* of its variables */
	struct strings words;		/* what --cflags and --libs would give, each word as the compiler gets it */
};

/* False when the file is not there, or is none: without Name, Description or Version. */
bool pc_read(struct run *run, const char *file, struct pc *out);

/* A variable's value, or NULL. */
const char *pc_value(const struct pc *pc, const char *name);

#endif
