/* The arena, for parsers under fuzzing: each piece is an allocation of its own, so that a sanitizer sees one byte too many. */
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void **pieces;
static size_t count, room;

void *
arena_alloc(struct arena *arena, size_t size)
{
	void *piece = size < (size_t)1 << 28 ? calloc(1, size ? size : 1) : NULL;

	(void)arena;
	if (!piece)
		abort();	/* a parser that wants this much for a small input is at fault */
	if (count == room)
		pieces = realloc(pieces, (room = 2 * room + 1024) * sizeof(*pieces));
	return pieces[count++] = piece;
}

void *
arena_grow(struct arena *arena, void *items, size_t n, size_t item_size)
{
	void *moved = arena_alloc(arena, (n + 1) * item_size);

	if (n)
		memcpy(moved, items, n * item_size);
	return moved;
}

void
fuzz_end(void)
{
	while (count)
		free(pieces[--count]);
}
