#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (64 * 1024)

/* The first block costs nothing: most switching commands never need a second. */
static _Alignas(16) char first_block[BLOCK];
static bool first_taken;

static _Noreturn void
out_of_memory(void)
{
	static const char line[] = "cuenv: out of memory\n";
	ssize_t ignored = write(2, line, sizeof(line) - 1);

	(void)ignored;
	_exit(125);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	char *at;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + 15) & ~(size_t)15;
	if (!arena->free && !first_taken) {
		first_taken = true;
		arena->free = first_block;
		arena->left = BLOCK;
	}
	if (size > arena->left) {
		size_t block = size > BLOCK ? size : BLOCK;

		at = calloc(1, block);
		if (!at)
			out_of_memory();
		if (size > BLOCK)
			return at;
		arena->free = at;
		arena->left = block;
	}
	at = arena->free;
	arena->free += size;
	arena->left -= size;
	return at;
}

void *
arena_grow(struct arena *arena, void *items, size_t n, size_t item_size)
{
	char *moved;

	if (n & (n - 1))
		return items;
	if (n == 0)
		return arena_alloc(arena, item_size);
	if (n > SIZE_MAX / 4 / item_size)
		out_of_memory();
	moved = arena_alloc(arena, 2 * n * item_size);
	memcpy(moved, items, n * item_size);
	return moved;
}
