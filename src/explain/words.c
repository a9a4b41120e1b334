/*
 * Aho and Corasick's automaton over the longest literal text of each pattern, and the contexts. Bytes that no word has
 * share one column, which keeps the table in the processor's cache.
 */
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "explain/scan.h"

#define ENOUGH 14	/* bytes of an anchor: the pattern itself is tried where they are found */

struct word { const char *text; size_t length; int row; bool context; int same; };	/* same: another word that ends here, or -1 */

struct words {
	struct { struct word *item; size_t n; } list;
	uint8_t column[256];
	size_t columns;
	int shift;		/* 1 << shift: columns that a state has room for */
	uint16_t *next;		/* state << shift | column → state; state 0: nothing begun */
	uint16_t *shorter;	/* the state of the longest proper suffix */
	int *ends;		/* a word that ends in this state, or -1 */
	bool *any;		/* whether one does, in it or in a suffix */
	size_t states;
};

static void
add_word(struct run *run, struct words *words, const char *text, size_t length, int row, bool context)
{
	struct word *word = list_add(&run->arena, &words->list);

	*word = (struct word){ text, length, row, context, -1 };
	for (size_t i = 0; i < length; i++)
		if (!words->column[(uint8_t)text[i]])
			words->column[(uint8_t)text[i]] = (uint8_t)++words->columns;
}

static void
collect(struct run *run, struct words *words)
{
	for (int row = 0; causes[row].pattern; row++) {
		const char *pattern = causes[row].pattern, *context = causes[row].context, *end, *anchor;
		size_t length;

		for (; *pattern; pattern = end + (*end == '\n')) {
			anchor = pattern_anchor(pattern, &end, &length);
			add_word(run, words, anchor, length < ENOUGH ? length : ENOUGH, row, false);
		}
		if (*context == '~' || *context == '!')
			add_word(run, words, context + 1, strlen(context + 1), row, true);
	}
	words->columns++;	/* column 0: bytes of no word */
	while ((size_t)1 << words->shift < words->columns)
		words->shift++;
}

static void
plant(struct words *words, int index)
{
	struct word *word = &words->list.item[index];
	size_t state = 0;

	for (size_t i = 0; i < word->length; i++) {
		uint16_t *to = &words->next[state << words->shift | words->column[(uint8_t)word->text[i]]];

		if (!*to)
			*to = (uint16_t)words->states++;
		state = *to;
	}
	word->same = words->ends[state];
	words->ends[state] = index;
	words->any[state] = true;
}

/* Breadth first: a state's missing ways are those of its suffix. */
static void
link_states(struct run *run, struct words *words)
{
	uint16_t *queue = arena_alloc(&run->arena, words->states * sizeof(*queue));
	size_t head = 0, tail = 0, columns = words->columns;

	for (size_t c = 0; c < columns; c++)
		if (words->next[c])
			queue[tail++] = words->next[c];
	while (head < tail) {
		size_t state = queue[head++], shorter = words->shorter[state];

		words->any[state] = words->any[state] || words->any[shorter];
		for (size_t c = 0; c < columns; c++) {
			uint16_t *to = &words->next[state << words->shift | c], over = words->next[shorter << words->shift | c];

			if (!*to) {
				*to = over;
				continue;
			}
			words->shorter[*to] = over;
			queue[tail++] = *to;
		}
	}
}

const struct words *
words_make(struct run *run)
{
	struct words *words = arena_alloc(&run->arena, sizeof(*words));
	size_t most = 1;

	collect(run, words);
	for (size_t i = 0; i < words->list.n; i++)
		most += words->list.item[i].length;
	words->next = arena_alloc(&run->arena, (most << words->shift) * sizeof(*words->next));
	words->shorter = arena_alloc(&run->arena, most * sizeof(*words->shorter));
	words->ends = arena_alloc(&run->arena, most * sizeof(*words->ends));
	words->any = arena_alloc(&run->arena, most * sizeof(*words->any));
	memset(words->ends, -1, most * sizeof(*words->ends));
	words->states = 1;
	for (size_t i = 0; i < words->list.n; i++)
		plant(words, (int)i);
	link_states(run, words);
	return words;
}

const char *
words_next(const struct words *words, const char *at, const char *end)
{
	const uint16_t *next = words->next;
	size_t state = 0;
	int shift = words->shift;

	for (; at < end; at++) {
		state = next[state << shift | words->column[(uint8_t)*at]];
		if (words->any[state])
			return at;
	}
	return NULL;
}

void
words_mark(const struct words *words, const char *at, const char *end, bool *rows, bool *contexts)
{
	size_t state = 0;

	for (; at < end; at++) {
		state = words->next[state << words->shift | words->column[(uint8_t)*at]];
		for (size_t s = words->any[state] ? state : 0; s; s = words->shorter[s])
			for (int w = words->ends[s]; w >= 0; w = words->list.item[w].same)
				(words->list.item[w].context ? contexts : rows)[words->list.item[w].row] = true;
	}
}
