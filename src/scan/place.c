/*
 * In which function an error is: device code is not the host compiler's, and clang is stricter with it than nvcc. Where an
 * expression is refused, clang keeps no cursor that leads up from it, so the functions' extents are asked.
 */
#include <string.h>

#include "scan/engine.h"

struct collecting { struct run *run; const struct clang *clang; void *unit; struct places *places; };

struct attributes { const struct clang *clang; bool device, global, host; };

static int
note_attribute(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct attributes *a = context;
	int kind = a->clang->getCursorKind(cursor);

	(void)parent;
	a->device |= kind == CLANG_CUDA_DEVICE;
	a->global |= kind == CLANG_CUDA_GLOBAL;
	a->host |= kind == CLANG_CUDA_HOST;
	return CLANG_CONTINUE;
}

static bool
is_function(int kind)
{
	return kind == CLANG_FUNCTION || kind == CLANG_METHOD || kind == CLANG_FUNCTION_TEMPLATE || kind == CLANG_CONSTRUCTOR ||
	       kind == CLANG_DESTRUCTOR || kind == CLANG_CONVERSION;
}

static bool
is_class_template(int kind)
{
	return kind == CLANG_CLASS_TEMPLATE || kind == CLANG_PARTIAL;
}

/* A lambda's attributes have no cursors: its words up to the body are looked at. GPU_LAMBDA and the like are macros for them. */
static unsigned
place_of_lambda(const struct collecting *c, struct clang_cursor cursor)
{
	static const char *const words[] = { "device", "DEVICE", "GPU" };
	struct clang_token *tokens = NULL;
	unsigned n = 0, place = 0;
	bool body = false;

	c->clang->tokenize(c->unit, c->clang->getCursorExtent(cursor), &tokens, &n);
	for (unsigned i = 0; i < n && !body; i++) {
		const char *word = clang_text(c->run, c->clang, c->clang->getTokenSpelling(c->unit, tokens[i]));

		body = strcmp(word, "{") == 0;
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			place |= strstr(word, words[k]) ? PLACE_BOTH : 0;
	}
	c->clang->disposeTokens(c->unit, tokens, n);
	return place;
}

static unsigned
place_in(const struct collecting *c, struct clang_cursor cursor, int kind)
{
	struct attributes a = { .clang = c->clang };
	unsigned place = kind == CLANG_FUNCTION_TEMPLATE || is_class_template(kind) ? PLACE_TEMPLATE : 0;

	if (kind == CLANG_LAMBDA)
		return place_of_lambda(c, cursor);
	if (is_function(kind))
		c->clang->visitChildren(cursor, note_attribute, &a);
	if (a.global || (a.device && !a.host))
		return place | PLACE_DEVICE;
	return a.device ? place | PLACE_BOTH : place;
}

static int
collect(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	const struct collecting *c = context;
	struct clang_range extent = c->clang->getCursorExtent(cursor);
	struct clang_location begin = { { extent.pointer[0], extent.pointer[1] }, extent.begin };
	struct clang_location end = { { extent.pointer[0], extent.pointer[1] }, extent.end };
	struct span span = { 0 };
	int kind = c->clang->getCursorKind(cursor);

	(void)parent;
	if (c->clang->Location_isInSystemHeader(begin))
		return CLANG_CONTINUE;
	if (is_function(kind) || is_class_template(kind) || kind == CLANG_LAMBDA)
		span.place = place_in(c, cursor, kind);
	if (span.place) {
		c->clang->getExpansionLocation(begin, &span.file, NULL, NULL, &span.begin);
		c->clang->getExpansionLocation(end, NULL, NULL, NULL, &span.end);
		*list_add(&c->run->arena, c->places) = span;
	}
	return CLANG_RECURSE;
}

void
place_collect(struct run *run, const struct clang *clang, void *unit, struct places *out)
{
	struct collecting collecting = { run, clang, unit, out };

	clang->visitChildren(clang->getTranslationUnitCursor(unit), collect, &collecting);
}

unsigned
place_at(const struct clang *clang, const struct places *places, struct clang_location at)
{
	unsigned offset = 0, place = 0;
	void *file = NULL;

	clang->getExpansionLocation(at, &file, NULL, NULL, &offset);
	for (size_t i = 0; i < places->n; i++) {
		const struct span *span = &places->item[i];

		place |= span->file == file && span->begin <= offset && offset <= span->end ? span->place : 0;
	}
	return place;
}
