/* index.h: which place in a list a name has, so that a long list need not be gone through for each name. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stdbool.h>

#include "base/arena.h"

struct index {
	struct index_slot { const char *name; size_t at; } *slot;
	size_t n, room;		/* room: 0, or a power of two that is at least twice n */
};

/* The number that is kept for a name: that of the first index_put. SIZE_MAX: none is. */
size_t index_find(const struct index *index, const char *name);

/* Keeps at for a name that has no number yet. Returns the name's number: at where it was new. The name must last. */
size_t index_put(struct arena *arena, struct index *index, const char *name, size_t at);

/* A list of names in which each is once, however many there are. False where it was there. */
struct names { struct strings list; struct index index; };
bool names_add(struct arena *arena, struct names *names, const char *name);

#endif
