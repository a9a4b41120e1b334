/* Structs with their fields, and enumerators, as libclang tells them. */
#include "abi/reader.h"

/* A struct whose fields are walked: where it lies in the named one, and what stands before its fields' names. */
struct record { struct abi_reader *reader; struct clang_type type; const char *prefix; long long offset; };

static void
say_enumerator(struct abi_reader *r, struct clang_cursor cursor, struct clang_cursor parent)
{
	const struct clang *clang = r->of->clang;
	int type = clang->getEnumDeclIntegerType(parent).kind;
	bool is_unsigned = type >= CLANG_UCHAR && type <= CLANG_UINT128;

	abi_say(r, cursor, (struct abi_item){ .kind = ABI_ENUMERATOR, .of = abi_tag(r, parent), .size = -1,
					  .name = clang_text(r->run, clang, clang->getCursorSpelling(cursor)),
					  .number = is_unsigned ? (long long)clang->getEnumConstantDeclUnsignedValue(cursor) :
								  clang->getEnumConstantDeclValue(cursor) });
}

int
abi_each_enumerator(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct abi_reader *r = context;

	if (r->of->clang->getCursorKind(cursor) == CLANG_ENUMERATOR)
		say_enumerator(r, cursor, parent);
	return CLANG_CONTINUE;
}

static int each_field(struct clang_cursor cursor, struct clang_cursor parent, void *context);

static void
say_field(struct record *at, struct clang_cursor cursor)
{
	struct abi_reader *r = at->reader;
	const struct clang *clang = r->of->clang;
	const char *own = clang_text(r->run, clang, clang->getCursorSpelling(cursor));
	const char *name = str_format(&r->run->arena, "%s.%s", at->prefix, own);
	struct clang_type type = clang->getCursorType(cursor), canonical = clang->getCanonicalType(type);
	struct clang_cursor of = clang->getTypeDeclaration(canonical);
	struct record below = { r, canonical, name, at->offset + clang->Type_getOffsetOf(at->type, own) };
	int kind = clang->getCursorKind(of);
	bool bits = clang->Cursor_isBitField(cursor);

	abi_say(r, cursor, (struct abi_item){
		.kind = ABI_FIELD, .name = name, .number = below.offset,
		.size = bits ? clang->getFieldDeclBitWidth(cursor) : 8 * clang->Type_getSizeOf(type),
		.type = abi_spelling(r, canonical), .shown = abi_spelling(r, type) });
	if ((kind == CLANG_STRUCT || kind == CLANG_UNION) && !abi_tag(r, of))
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
		clang->visitChildren(cursor, abi_each_enumerator, at->reader);
	else if ((kind == CLANG_STRUCT || kind == CLANG_UNION) && clang->Cursor_isAnonymousRecordDecl(cursor))
		clang->visitChildren(cursor, each_field, at);
	return CLANG_CONTINUE;
}

void
abi_say_struct(struct abi_reader *r, struct clang_cursor cursor)
{
	const struct clang *clang = r->of->clang;
	const char *name = abi_tag(r, cursor);
	struct record record = { r, clang->getCursorType(cursor), name, 0 };

	if (!name || *name == '_' || !clang->isCursorDefinition(cursor))
		return;
	abi_say(r, cursor, (struct abi_item){ .kind = ABI_STRUCT, .name = name, .number = clang->Type_getSizeOf(record.type),
					  .size = clang->Type_getAlignOf(record.type),
					  .type = abi_spelling(r, record.type) });
	clang->visitChildren(cursor, each_field, &record);
}
