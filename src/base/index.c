/* A hash table with open addresses. Names come from files of others, so the hash starts from a number that they cannot know. */
#include "base/index.h"

#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>

/* AT_RANDOM: 16 bytes that the kernel gives each process. */
static uint64_t
start(void)
{
	const void *random = (const void *)getauxval(AT_RANDOM);
	uint64_t value = 0x9e3779b97f4a7c15u;

	if (random)
		memcpy(&value, random, sizeof(value));
	return value;
}

static size_t
hash(const char *name)
{
	static uint64_t first;
	uint64_t value = first ? first : (first = start() | 1);

	for (; *name; name++) {
		value = (value ^ (unsigned char)*name) * 0xff51afd7ed558ccdu;
		value ^= value >> 32;
	}
	return (size_t)value;
}

/* The slot that has the name, or the free one that it would get. */
static struct index_slot *
slot_of(const struct index *index, const char *name)
{
	size_t mask = index->room - 1, at = hash(name) & mask;

	while (index->slot[at].name && strcmp(index->slot[at].name, name) != 0)
		at = (at + 1) & mask;
	return &index->slot[at];
}

size_t
index_find(const struct index *index, const char *name)
{
	const struct index_slot *slot = index->room ? slot_of(index, name) : NULL;

	return slot && slot->name ? slot->at : SIZE_MAX;
}

static void
make_room(struct arena *arena, struct index *index)
{
	struct index larger = { .n = index->n, .room = index->room ? 2 * index->room : 16 };

	larger.slot = arena_alloc(arena, larger.room * sizeof(*larger.slot));
	for (size_t i = 0; i < index->room; i++)
		if (index->slot[i].name)
			*slot_of(&larger, index->slot[i].name) = index->slot[i];
	*index = larger;
}

size_t
index_put(struct arena *arena, struct index *index, const char *name, size_t at)
{
	struct index_slot *slot;

	if (2 * (index->n + 1) > index->room)
		make_room(arena, index);
	slot = slot_of(index, name);
	if (!slot->name) {
		*slot = (struct index_slot){ name, at };
		index->n++;
	}
	return slot->at;
}

bool
names_add(struct arena *arena, struct names *names, const char *name)
{
	size_t n = names->list.n;

	if (index_put(arena, &names->index, name, n) != n)
		return false;
	*list_add(arena, &names->list) = name;
	return true;
}
