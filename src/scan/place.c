/* In which function an error is: device code is not the host compiler's, and clang is stricter with it than nvcc. */
#include "scan/engine.h"

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

static unsigned
place_in(const struct clang *clang, struct clang_cursor cursor)
{
	int kind = clang->getCursorKind(cursor);
	struct attributes a = { .clang = clang };
	unsigned place = kind == CLANG_FUNCTION_TEMPLATE || kind == CLANG_CLASS_TEMPLATE || kind == CLANG_PARTIAL ? PLACE_TEMPLATE : 0;

	if (is_function(kind))
		clang->visitChildren(cursor, note_attribute, &a);
	if (a.global || (a.device && !a.host))
		return place | PLACE_DEVICE;
	return a.device ? place | PLACE_BOTH : place;
}

/* Up from the innermost thing there; an error in a function's own line may have the function itself there. */
unsigned
place_of(const struct clang *clang, void *unit, struct clang_location at)
{
	struct clang_cursor cursor = clang->getCursor(unit, at);
	unsigned place = 0;

	for (int i = 0; i < 50 && !clang->Cursor_isNull(cursor); i++) {
		place |= place_in(clang, cursor);
		cursor = clang->getCursorSemanticParent(cursor);
	}
	return place;
}
