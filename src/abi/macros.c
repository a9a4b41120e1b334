/* Macros that are names or numbers. */
#include "abi/reader.h"

#include <ctype.h>
#include <string.h>

#define TOKENS 40	/* a longer macro is no name or number */

/* Whether the header takes a number's name back, as cuda.h does with those that only its own structs need: libclang tells all
 * definitions, and does not tell that. */
static bool
is_taken_back(struct abi_reader *r, struct clang_cursor cursor, const struct strings *words)
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
void
abi_say_macro(struct abi_reader *r, struct clang_cursor cursor)
{
	const struct clang *clang = r->of->clang;
	bool function = clang->Cursor_isMacroFunctionLike(cursor);
	struct strings words = { 0 };
	struct clang_token *tokens = NULL;
	unsigned line, n = 0;

	if (!abi_place(r, cursor, &line))
		return;
	clang->tokenize(r->unit, clang->getCursorExtent(cursor), &tokens, &n);
	for (unsigned i = 0; i < n && i < TOKENS; i++)
		strings_add(&r->run->arena, &words, clang_text(r->run, clang, clang->getTokenSpelling(r->unit, tokens[i])));
	if (words.n > 1 && (words.item[0][0] != '_' || function) && !is_taken_back(r, cursor, &words)) {
		const char *name = words.item[0];

		words = (struct strings){ words.item + 1, words.n - 1 };
		abi_say(r, cursor, (struct abi_item){ .kind = ABI_MACRO, .name = name, .local = function, .size = -1,
						  .type = strings_join(&r->run->arena, &words, " ") });
	}
	clang->disposeTokens(r->unit, tokens, n);
}
