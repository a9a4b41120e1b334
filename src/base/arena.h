/* arena.h: memory with one lifetime, the run's; and the two lists that everything is made of. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena {
	char *free;	/* next free byte of the current block */
	size_t left;	/* bytes left in it */
};

struct strings { const char **item; size_t n; };

/* Zeroed memory, aligned for any type. Never NULL: out of memory ends the process with a line on stderr and 125. */
void *arena_alloc(struct arena *arena, size_t size);

/* The array with room for one more element, moved when its length n is a power of two. */
void *arena_grow(struct arena *arena, void *items, size_t n, size_t item_size);

/* A new zeroed element at the end of a list { T *item; size_t n; }. Moves the others: keep no pointers while adding. */
#define list_add(arena, list)                                                                                        \
	((list)->item = arena_grow((arena), (void *)(list)->item, (list)->n, sizeof(*(list)->item)),                 \
	 &(list)->item[(list)->n++])

#endif
