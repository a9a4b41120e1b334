/*
 * One header, parsed as C by libclang in a process of its own. What the toolkit's include directories declare becomes one
 * line each; names that begin with an underscore are nobody's business but the headers'.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "abi/reader.h"

static void
say_typed(struct abi_reader *r, struct clang_cursor cursor, enum abi_kind kind, struct clang_type type)
{
	const struct clang *clang = r->of->clang;
	const char *name = clang_text(r->run, clang, clang->getCursorSpelling(cursor));
	struct clang_type canonical = clang->getCanonicalType(type);

	if (*name == '_')
		return;
	abi_say(r, cursor, (struct abi_item){
		.kind = kind, .name = name, .type = abi_spelling(r, canonical), .shown = abi_spelling(r, type), .size = -1,
		.number = kind == ABI_TYPEDEF ? clang->Type_getSizeOf(canonical) : 0,
		.local = kind == ABI_FUNCTION && clang->getCursorLinkage(cursor) != CLANG_LINK_EXTERNAL });
}

static int
each(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct abi_reader *r = context;
	const struct clang *clang = r->of->clang;

	(void)parent;
	switch (clang->getCursorKind(cursor)) {
	case CLANG_STRUCT:
	case CLANG_UNION: abi_say_struct(r, cursor); break;
	case CLANG_ENUM: clang->visitChildren(cursor, abi_each_enumerator, r); break;
	case CLANG_FUNCTION: say_typed(r, cursor, ABI_FUNCTION, clang->getCursorType(cursor)); break;
	case CLANG_TYPEDEF: say_typed(r, cursor, ABI_TYPEDEF, clang->getTypedefDeclUnderlyingType(cursor)); break;
	case CLANG_MACRO: abi_say_macro(r, cursor); break;
	}
	return CLANG_CONTINUE;
}

/* "error\tFILE:LINE: WORDS" for the first error, or all that was read and "end". */
static void
tell(struct abi_reader *r)
{
	const struct clang *clang = r->of->clang;
	unsigned line, column, offset, n = clang->getNumDiagnostics(r->unit);

	for (unsigned i = 0; i < n; i++) {
		void *diagnostic = clang->getDiagnostic(r->unit, i), *file = NULL;

		if (clang->getDiagnosticSeverity(diagnostic) < CLANG_ERROR)
			continue;
		clang->getFileLocation(clang->getDiagnosticLocation(diagnostic), &file, &line, &column, &offset);
		strings_add(&r->run->arena, &r->lines,
			    str_format(&r->run->arena, "error\t%s:%u: %s\n",
				       file ? clang_text(r->run, clang, clang->getFileName(file)) : r->of->file, line,
				       clang_text(r->run, clang, clang->getDiagnosticSpelling(diagnostic))));
		return;
	}
	clang->visitChildren(clang->getTranslationUnitCursor(r->unit), each, r);
	strings_add(&r->run->arena, &r->lines, "end\n");
}

static bool
write_all(const char *text)
{
	for (size_t left = strlen(text); left;) {
		ssize_t n = write(1, text, left);

		if (n < 0 && errno != EINTR)
			return false;
		text += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

int
abi_read(struct run *run, void *context)
{
	struct abi_reader r = { .run = run, .of = context };
	const struct clang *clang = r.of->clang;
	struct strings words = { 0 };
	void *index = clang->createIndex(0, 0);

	for (const char *const *at = (const char *const[]){ "-x", "c", "-std=gnu11", "-w", "-resource-dir", clang->resource_dir,
							    NULL }; *at; at++)
		strings_add(&run->arena, &words, *at);
	/* Not -isystem: before those clang looks into what CPATH names. */
	for (size_t i = 0; i < r.of->include_dirs->n; i++)
		strings_add(&run->arena, &words, str_format(&run->arena, "-I%s", r.of->include_dirs->item[i]));
	clang->toggleCrashRecovery(0);
	if (clang->parseTranslationUnit2(index, r.of->file, words.item, (int)words.n, NULL, 0, CLANG_WITH_MACROS | CLANG_NO_BODIES,
					 &r.unit) != CLANG_DONE)
		return 1;
	tell(&r);
	return write_all(strings_join(&run->arena, &r.lines, "")) ? 0 : 1;
}
