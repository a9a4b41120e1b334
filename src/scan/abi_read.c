/*
 * One header, parsed as C by libclang in a process of its own. What the toolkit's include directories declare becomes one
 * line each; names that begin with an underscore are nobody's business but the headers'.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "scan/abi_parts.h"

#define TOKENS 40	/* a longer macro is no name or number */

struct reader {
	struct run *run;
	const struct abi_reading *of;
	void *unit;
	struct strings lines;
};

/* A struct whose fields are walked: where it lies in the named one, and what stands before its fields' names. */
struct record { struct reader *reader; struct clang_type type; const char *prefix; long long offset; };

static const char *
spelling(struct reader *r, struct clang_type type)
{
	const char *text = clang_text(r->run, r->of->clang, r->of->clang->getTypeSpelling(type)), *from, *to;

	/* "struct (unnamed struct at /path/file.h:12:3)": the place is no part of what it is. */
	while ((from = strstr(text, " at /")) && (to = strchr(from, ')')))
		text = str_format(&r->run->arena, "%.*s%s", (int)(from - text), text, to);
	return text;
}

/* "struct cudaDeviceProp", "cublasContext", "enum cudaError": the name alone; NULL for what has none. */
static const char *
tag(struct reader *r, struct clang_cursor cursor)
{
	const char *text = spelling(r, r->of->clang->getCursorType(cursor)), *blank = strchr(text, ' ');

	if (strchr(text, '('))
		return NULL;
	return blank ? blank + 1 : text;
}

/* The header below the toolkit's include directories that a cursor stands in; NULL for one from elsewhere. */
static const char *
place(struct reader *r, struct clang_cursor cursor, unsigned *line)
{
	const struct clang *clang = r->of->clang;
	unsigned column, offset;
	const char *name;
	void *file = NULL;

	clang->getFileLocation(clang->getCursorLocation(cursor), &file, line, &column, &offset);
	if (!file)
		return NULL;
	name = clang_text(r->run, clang, clang->getFileName(file));
	for (size_t i = 0; i < r->of->include_dirs->n; i++)
		if (path_below(name, r->of->include_dirs->item[i]))
			return name + strlen(r->of->include_dirs->item[i]) + 1;
	return NULL;
}

static void
say(struct reader *r, struct clang_cursor cursor, struct abi_item item)
{
	unsigned line = 0;
	const char *header = place(r, cursor, &line);

	if (header)
		strings_add(&r->run->arena, &r->lines,
			    str_format(&r->run->arena, "%d\t%s\t%s\t%s\t%u\t%lld\t%lld\t%d\t%s\t%s\n", (int)item.kind,
				       item.name, item.of ? item.of : "", header, line, item.number, item.size, item.local,
				       item.type ? item.type : "", item.shown ? item.shown : ""));
}

static void
say_enumerator(struct reader *r, struct clang_cursor cursor, struct clang_cursor parent)
{
	const struct clang *clang = r->of->clang;
	int type = clang->getEnumDeclIntegerType(parent).kind;
	bool is_unsigned = type >= CLANG_UCHAR && type <= CLANG_UINT128;

	say(r, cursor, (struct abi_item){ .kind = ABI_ENUMERATOR, .of = tag(r, parent), .size = -1,
					  .name = clang_text(r->run, clang, clang->getCursorSpelling(cursor)),
					  .number = is_unsigned ? (long long)clang->getEnumConstantDeclUnsignedValue(cursor) :
								  clang->getEnumConstantDeclValue(cursor) });
}

static int
each_enumerator(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct reader *r = context;

	if (r->of->clang->getCursorKind(cursor) == CLANG_ENUMERATOR)
		say_enumerator(r, cursor, parent);
	return CLANG_CONTINUE;
}

static int each_field(struct clang_cursor cursor, struct clang_cursor parent, void *context);

static void
say_field(struct record *at, struct clang_cursor cursor)
{
	struct reader *r = at->reader;
	const struct clang *clang = r->of->clang;
	const char *own = clang_text(r->run, clang, clang->getCursorSpelling(cursor));
	const char *name = str_format(&r->run->arena, "%s.%s", at->prefix, own);
	struct clang_type type = clang->getCursorType(cursor), canonical = clang->getCanonicalType(type);
	struct clang_cursor of = clang->getTypeDeclaration(canonical);
	struct record below = { r, canonical, name, at->offset + clang->Type_getOffsetOf(at->type, own) };
	int kind = clang->getCursorKind(of);

	say(r, cursor, (struct abi_item){
		.kind = ABI_FIELD, .name = name, .number = below.offset, .type = spelling(r, canonical), .shown = spelling(r, type),
		.size = clang->Cursor_isBitField(cursor) ? clang->getFieldDeclBitWidth(cursor) : 8 * clang->Type_getSizeOf(type) });
	if ((kind == CLANG_STRUCT || kind == CLANG_UNION) && !tag(r, of))
		clang->visitChildren(of, each_field, &below);
}

/* Fields of a struct without a name that stands between them are found as the outer one's. */
static int
each_field(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct record *at = context;
	const struct clang *clang = at->reader->of->clang;
	int kind = clang->getCursorKind(cursor);

	(void)parent;
	if (kind == CLANG_FIELD && *clang_text(at->reader->run, clang, clang->getCursorSpelling(cursor)))
		say_field(at, cursor);
	else if (kind == CLANG_ENUM)
		clang->visitChildren(cursor, each_enumerator, at->reader);
	else if ((kind == CLANG_STRUCT || kind == CLANG_UNION) && clang->Cursor_isAnonymousRecordDecl(cursor))
		clang->visitChildren(cursor, each_field, at);
	return CLANG_CONTINUE;
}

static void
say_struct(struct reader *r, struct clang_cursor cursor)
{
	const struct clang *clang = r->of->clang;
	const char *name = tag(r, cursor);
	struct record record = { r, clang->getCursorType(cursor), name, 0 };

	if (!name || *name == '_' || !clang->isCursorDefinition(cursor))
		return;
	say(r, cursor, (struct abi_item){ .kind = ABI_STRUCT, .name = name, .number = clang->Type_getSizeOf(record.type),
					  .size = clang->Type_getAlignOf(record.type),
					  .type = spelling(r, record.type) });
	clang->visitChildren(cursor, each_field, &record);
}

static void
say_typed(struct reader *r, struct clang_cursor cursor, enum abi_kind kind, struct clang_type type)
{
	const struct clang *clang = r->of->clang;
	const char *name = clang_text(r->run, clang, clang->getCursorSpelling(cursor));
	struct clang_type canonical = clang->getCanonicalType(type);

	if (*name == '_')
		return;
	say(r, cursor, (struct abi_item){
		.kind = kind, .name = name, .type = spelling(r, canonical), .shown = spelling(r, type), .size = -1,
		.number = kind == ABI_TYPEDEF ? clang->Type_getSizeOf(canonical) : 0,
		.local = kind == ABI_FUNCTION && clang->getCursorLinkage(cursor) != CLANG_LINK_EXTERNAL });
}

/* Whether the header takes a number's name back, as cuda.h does with those that only its own structs need: libclang tells all
 * definitions, and does not tell that. */
static bool
is_taken_back(struct reader *r, struct clang_cursor cursor, const struct strings *words)
{
	const struct clang *clang = r->of->clang;
	unsigned line, column, offset;
	const char *text, *at;
	void *file = NULL;
	size_t size = 0, n = strlen(words->item[0]);
	struct blob rest;

	if (words->n != 2 || !isdigit((unsigned char)words->item[1][0]))
		return false;
	clang->getFileLocation(clang->getCursorLocation(cursor), &file, &line, &column, &offset);
	text = file ? clang->getFileContents(r->unit, file, &size) : NULL;
	if (!text || offset >= size)
		return false;
	rest = (struct blob){ (char *)text + offset, size - offset };
	for (; (at = blob_find(&rest, "#undef ")); rest = (struct blob){ (char *)at + 7, rest.size - (size_t)(at + 7 - rest.data) })
		if (strncmp(at + 7, words->item[0], n) == 0 && strchr("\r\n \t", at[7 + n]))
			return true;
	return false;
}

/* The tokens behind the macro's name, with blanks between them. */
static void
say_macro(struct reader *r, struct clang_cursor cursor)
{
	const struct clang *clang = r->of->clang;
	bool function = clang->Cursor_isMacroFunctionLike(cursor);
	struct strings words = { 0 };
	struct clang_token *tokens = NULL;
	unsigned line, n = 0;

	if (!place(r, cursor, &line))
		return;
	clang->tokenize(r->unit, clang->getCursorExtent(cursor), &tokens, &n);
	for (unsigned i = 0; i < n && i < TOKENS; i++)
		strings_add(&r->run->arena, &words, clang_text(r->run, clang, clang->getTokenSpelling(r->unit, tokens[i])));
	if (words.n > 1 && (words.item[0][0] != '_' || function) && !is_taken_back(r, cursor, &words)) {
		const char *name = words.item[0];

		words = (struct strings){ words.item + 1, words.n - 1 };
		say(r, cursor, (struct abi_item){ .kind = ABI_MACRO, .name = name, .local = function, .size = -1,
						  .type = strings_join(&r->run->arena, &words, " ") });
	}
	clang->disposeTokens(r->unit, tokens, n);
}

static int
each(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct reader *r = context;
	const struct clang *clang = r->of->clang;

	(void)parent;
	switch (clang->getCursorKind(cursor)) {
	case CLANG_STRUCT:
	case CLANG_UNION: say_struct(r, cursor); break;
	case CLANG_ENUM: clang->visitChildren(cursor, each_enumerator, r); break;
	case CLANG_FUNCTION: say_typed(r, cursor, ABI_FUNCTION, clang->getCursorType(cursor)); break;
	case CLANG_TYPEDEF: say_typed(r, cursor, ABI_TYPEDEF, clang->getTypedefDeclUnderlyingType(cursor)); break;
	case CLANG_MACRO: say_macro(r, cursor); break;
	}
	return CLANG_CONTINUE;
}

/* "error\tFILE:LINE: WORDS" for the first error, or all that was read and "end". */
static void
tell(struct reader *r)
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
	struct reader r = { .run = run, .of = context };
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
