/* The words of causes.def's what and remedy. */
#include <string.h>

#include "base/str.h"
#include "explain/explain.h"

struct asking { struct run *run; const struct hit *hit; explain_word *word; void *asker; };

static const char *
value(const struct asking *a, const char *word, size_t length)
{
	const struct captures *captures = &a->hit->captures;

	if (length == 4 && strncmp(word, "line", 4) == 0)
		return a->hit->text;
	for (size_t i = 0; i < captures->n; i++)
		if ((size_t)captures->item[i].length == length && strncmp(captures->item[i].word, word, length) == 0)
			return captures->item[i].text;
	for (size_t i = 0; length == 4 && strncmp(word, "file", 4) == 0 && i < captures->n; i++)
		if (captures->item[i].length == 4 && strncmp(captures->item[i].word, "name", 4) == 0)
			return explain_library(a->run, captures->item[i].text);
	return a->word ? a->word(a->asker, word, length) : NULL;
}

/* The brace that closes the one before text; its NUL where none does. */
static const char *
closing(const char *text)
{
	for (int depth = 1; *text; text++) {
		depth += *text == '{' ? 1 : *text == '}' ? -1 : 0;
		if (!depth)
			break;
	}
	return text;
}

static void
fill(const struct asking *a, const char *text, const char *end, struct strings *pieces)
{
	struct arena *arena = &a->run->arena;

	while (text < end) {
		const char *brace = memchr(text, '{', (size_t)(end - text)), *close, *bar, *said;
		const char *stop = brace ? brace : end;

		strings_add(arena, pieces, str_copy(arena, text, (size_t)(stop - text)));
		if (!brace)
			break;
		close = closing(brace + 1);
		bar = memchr(brace, '|', (size_t)(close - brace));
		said = value(a, brace + 1, (size_t)((bar ? bar : close) - brace - 1));
		if (said)
			strings_add(arena, pieces, said);
		else if (bar)
			fill(a, bar + 1, close, pieces);
		text = close + 1;
	}
}

const char *
explain_filled(struct run *run, const struct hit *hit, const char *text, explain_word *word, void *asker)
{
	struct asking asking = { run, hit, word, asker };
	struct strings pieces = { 0 };

	fill(&asking, text, text + strlen(text), &pieces);
	return strings_join(&run->arena, &pieces, "");
}

const struct hit *
explain_first(const struct reading *reading)
{
	const struct hit *after = NULL;

	for (size_t i = 0; i < reading->n; i++) {
		enum cause_kind kind = reading->hit[i].cause->kind;

		if (kind == CAUSE_SET || kind == CAUSE_TOOL)
			return &reading->hit[i];
		if (kind == CAUSE_AFTER && !after)
			after = &reading->hit[i];
	}
	return after && reading->error.line && reading->error.line < after->line ? NULL : after;
}
