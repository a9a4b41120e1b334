/* Tokens: comments, strings, raw strings and continued lines are seen as a compiler sees them. */
#include "scan/text_lex.h"

#include <ctype.h>
#include <string.h>

/* The byte here, behind any continued line; 0 at the end. */
static int
peek(struct lexer *l)
{
	while (l->end - l->at >= 2 && l->at[0] == '\\' && (l->at[1] == '\n' || (l->at[1] == '\r' && l->at[2] == '\n'))) {
		l->at += l->at[1] == '\n' ? 2 : 3;
		l->line++;
		l->line_start = l->at;
	}
	if (l->at >= l->end)
		return 0;
	return *l->at ? (unsigned char)*l->at : ' ';
}

static void
advance(struct lexer *l)
{
	if (*l->at++ == '\n') {
		l->line++;
		l->line_start = l->at;
	}
}

static bool
is_word(int c)
{
	return isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

/* Behind the comment that starts here; false when there is none. */
static bool
skip_comment(struct lexer *l)
{
	const char *here = l->at, *line_start = l->line_start;
	int line = l->line, c;

	if (peek(l) != '/')
		return false;
	advance(l);
	c = peek(l);
	if (c == '/') {
		while ((c = peek(l)) && c != '\n')
			advance(l);
		return true;
	}
	if (c == '*') {
		advance(l);
		for (int last = 0; (c = peek(l)); last = c) {
			advance(l);
			if (last == '*' && c == '/')
				break;
		}
		return true;
	}
	l->at = here, l->line_start = line_start, l->line = line;
	return false;
}

void
lex_blanks(struct lexer *l)
{
	int c;

	l->blank = false;
	while ((c = peek(l))) {
		if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v')
			advance(l);
		else if (!skip_comment(l))
			return;
		l->blank = true;
	}
}

/* Up to the quote that ends it, or the line's end. */
static void
skip_quoted(struct lexer *l, int quote)
{
	int c;

	while ((c = peek(l)) && c != '\n') {
		advance(l);
		if (c == quote)
			return;
		if (c == '\\' && peek(l) && peek(l) != '\n')
			advance(l);
	}
}

/* R"x( … )x", from the quote on; no line is continued in it. */
static void
skip_raw(struct lexer *l)
{
	char close[20] = ")";
	size_t n = 1;

	for (advance(l); l->at < l->end && *l->at != '(' && n < 18 && !isspace((unsigned char)*l->at); l->at++)
		close[n++] = *l->at;
	close[n++] = '"';
	while (l->at < l->end && ((size_t)(l->end - l->at) < n || memcmp(l->at, close, n) != 0))
		advance(l);
	for (size_t i = 0; i < n && l->at < l->end; i++)
		advance(l);
}

static void
read_word(struct lexer *l)
{
	static const char *const prefixes[] = { "R", "LR", "uR", "UR", "u8R" };
	size_t n = 0;
	int c;

	for (; (c = peek(l)) && is_word(c); advance(l))
		if (n < WORD_MAX)
			l->word[n++] = (char)c;
	l->word[n] = '\0';
	l->kind = WORD;
	l->sign = 'a';
	for (size_t i = 0; c == '"' && i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strcmp(l->word, prefixes[i]) == 0) {
			skip_raw(l);
			l->kind = QUOTED;
			l->sign = '"';
			return;
		}
}

static void
read_number(struct lexer *l)
{
	int last = 0, c;
	size_t n = 0;

	for (; (c = peek(l)); last = c) {
		bool sign = (c == '+' || c == '-') && last && strchr("eEpP", last);

		if (!is_word(c) && c != '.' && c != '\'' && !sign)
			break;
		if (n < WORD_MAX)
			l->word[n++] = (char)c;
		advance(l);
	}
	l->word[n] = '\0';
	l->kind = NUMBER;
	l->sign = '0';
}

static void
read_punct(struct lexer *l, int c)
{
	int second;

	advance(l);
	second = peek(l);
	l->kind = PUNCT;
	l->sign = (char)(c == ':' ? '?' : c == '-' ? '+' : c);
	l->word[0] = (char)c, l->word[1] = '\0';
	if ((c == ':' && second == ':') || (c == '-' && second == '>')) {
		advance(l);
		l->sign = (char)c;
		l->word[1] = (char)second, l->word[2] = '\0';
	}
}

void
lex_next(struct lexer *l)
{
	int c;

	if (l->kind != NEWLINE) {
		l->before = l->sign;
		memcpy(l->last, l->kind == WORD ? l->word : "", l->kind == WORD ? strlen(l->word) + 1 : 1);
	}
	lex_blanks(l);
	c = peek(l);
	l->from = l->at;
	l->token_line = l->line;
	l->token_column = (int)(l->at - l->line_start) + 1;
	if (!c) {
		l->kind = END;
	} else if (c == '\n') {
		if (!l->directive)
			advance(l);
		l->kind = NEWLINE;
	} else if (c == '"' || c == '\'') {
		advance(l);
		skip_quoted(l, c);
		l->kind = QUOTED;
		l->sign = '"';
	} else if (isdigit(c) || (c == '.' && l->end - l->at > 1 && isdigit((unsigned char)l->at[1]))) {
		read_number(l);
	} else if (is_word(c)) {
		read_word(l);
	} else {
		read_punct(l, c);
	}
}


const char *
lex_line(struct lexer *l)
{
	char line[LINE_MAX_BYTES + 1];
	size_t n = 0;
	int c;

	lex_blanks(l);
	while ((c = peek(l)) && c != '\n') {
		if (skip_comment(l))
			c = ' ';
		else
			advance(l);
		if (n < LINE_MAX_BYTES)
			line[n++] = (char)c;
	}
	return str_trim(&l->run->arena, line, n);
}

const char *
lex_header(struct lexer *l)
{
	char name[LINE_MAX_BYTES + 1];
	size_t n = 0;
	int c, close;

	lex_blanks(l);
	l->token_line = l->line;
	l->token_column = (int)(l->at - l->line_start) + 1;
	c = peek(l);
	if (c != '<' && c != '"')
		return NULL;
	close = c == '<' ? '>' : '"';
	do {
		if (n == LINE_MAX_BYTES)
			return NULL;
		name[n++] = (char)c;
		advance(l);
		c = peek(l);
	} while (c && c != '\n' && c != close);
	name[n++] = (char)close;
	return c == close ? str_copy(&l->run->arena, name, n) : NULL;
}
