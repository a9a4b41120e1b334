/* Python's words: names, numbers, strings in all their quotes, operators, and where a logical line begins. */
#include <ctype.h>
#include <string.h>

#include "scan/plan_python.h"

#define TOKENS_MAX 300000

struct lexer { struct run *run; struct tokens *out; const char *at, *end; int line, depth; };

static void
add(struct lexer *lexer, enum token_kind kind, const char *text, size_t length)
{
	*list_add(&lexer->run->arena, lexer->out) =
		(struct token){ kind, str_copy(&lexer->run->arena, text, length), lexer->line, 0 };
}

static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Copies what stands up to the closing quotes. */
static void
read_string(struct lexer *lexer, bool raw, bool format)
{
	char quote = *lexer->at, *text, *to;
	size_t n = lexer->end - lexer->at >= 3 && lexer->at[1] == quote && lexer->at[2] == quote ? 3 : 1;
	const char *from = lexer->at + n;
	int line = lexer->line;

	for (lexer->at = from; lexer->at < lexer->end; lexer->at++) {
		if (*lexer->at == '\\' && lexer->at + 1 < lexer->end)
			lexer->at++;
		else if (*lexer->at == quote && (n == 1 || (lexer->end - lexer->at >= 3 && lexer->at[1] == quote &&
							     lexer->at[2] == quote)))
			break;
		else if (n == 1 && *lexer->at == '\n')
			break;
		lexer->line += *lexer->at == '\n';
	}
	text = to = arena_alloc(&lexer->run->arena, (size_t)(lexer->at - from) + 1);
	for (; from < lexer->at; from++) {
		if (*from == '\\' && !raw && from + 1 < lexer->at && strchr("\\'\"\n", from[1]))
			from++;
		if (*from != '\n' || n == 3)
			*to++ = *from;
	}
	*list_add(&lexer->run->arena, lexer->out) = (struct token){ format ? TOKEN_FORMAT : TOKEN_TEXT, text, line, 0 };
	lexer->at = lexer->end - lexer->at >= (long)n ? lexer->at + n : lexer->end;
}

/* r'…', f"…", Rb'''…''': up to two letters before a quote. */
static bool
read_prefixed(struct lexer *lexer)
{
	bool raw = false, format = false;
	const char *at = lexer->at;

	while (at < lexer->end && at - lexer->at < 2 && strchr("rRfFbBuU", *at)) {
		raw = raw || tolower((unsigned char)*at) == 'r';
		format = format || tolower((unsigned char)*at) == 'f';
		at++;
	}
	if (at >= lexer->end || (*at != '"' && *at != '\''))
		return false;
	lexer->at = at;
	read_string(lexer, raw, format);
	return true;
}

static void
read_word(struct lexer *lexer)
{
	const char *from = lexer->at;
	bool number = isdigit((unsigned char)*from);

	while (lexer->at < lexer->end && (in_word(*lexer->at) || (number && *lexer->at == '.')))
		lexer->at++;
	add(lexer, number ? TOKEN_NUMBER : TOKEN_NAME, from, (size_t)(lexer->at - from));
}

/* A new logical line; its indentation is known when something stands on it. */
static void
begin_line(struct lexer *lexer)
{
	const char *at = lexer->at;
	int indent = 0;

	for (; at < lexer->end && (*at == ' ' || *at == '\t'); at++)
		indent = *at == '\t' ? indent / 8 * 8 + 8 : indent + 1;
	if (at >= lexer->end || *at == '\n' || *at == '#' || *at == '\r')
		return;
	add(lexer, TOKEN_LINE, "", 0);
	lexer->out->item[lexer->out->n - 1].indent = indent;
	lexer->at = at;
}

static void
read_operator(struct lexer *lexer)
{
	static const char *const twos[] = { "+=", "==", "!=", "<=", ">=", "**", "//", "->", ":=", "-=" };
	size_t n = 1;

	for (size_t i = 0; i < sizeof(twos) / sizeof(twos[0]); i++)
		if (lexer->end - lexer->at >= 2 && memcmp(lexer->at, twos[i], 2) == 0)
			n = 2;
	if (strchr("([{", *lexer->at))
		lexer->depth++;
	else if (strchr(")]}", *lexer->at) && lexer->depth)
		lexer->depth--;
	add(lexer, TOKEN_OP, lexer->at, n);
	lexer->at += n;
}

void
python_tokens(struct run *run, const struct blob *text, struct tokens *out)
{
	struct lexer lexer = { run, out, text->data, text->data + text->size, 1, 0 };

	begin_line(&lexer);
	while (lexer.at < lexer.end && out->n < TOKENS_MAX) {
		char c = *lexer.at;

		if (c == '#') {
			while (lexer.at < lexer.end && *lexer.at != '\n')
				lexer.at++;
		} else if (c == '\n') {
			lexer.line++;
			lexer.at++;
			if (!lexer.depth)
				begin_line(&lexer);
		} else if (c == '\\' && lexer.at + 1 < lexer.end && lexer.at[1] == '\n') {
			lexer.line++;
			lexer.at += 2;
		} else if (c == '"' || c == '\'') {
			read_string(&lexer, false, false);
		} else if (in_word(c)) {
			if (!read_prefixed(&lexer))
				read_word(&lexer);
		} else if (isspace((unsigned char)c) || !isprint((unsigned char)c)) {
			lexer.at++;
		} else {
			read_operator(&lexer);
		}
	}
	add(&lexer, TOKEN_LINE, "", 0);
	add(&lexer, TOKEN_END, "", 0);
}
