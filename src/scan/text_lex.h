/* text_lex.h: the tokens of a source, for text_split.c. */
#ifndef SCAN_TEXT_LEX_H
#define SCAN_TEXT_LEX_H

#include "scan/text.h"

#define WORD_MAX 200
#define LINE_MAX_BYTES 400

enum token_kind { START, END, NEWLINE, WORD, NUMBER, QUOTED, PUNCT };

struct lexer {
	struct run *run;
	struct scan_texts *texts;
	struct text_file *file;
	const char *at, *end, *line_start;
	int line;
	bool directive;			/* a newline ends what is read */
	enum token_kind kind;
	char word[WORD_MAX + 1];	/* the token, cut; of a string nothing */
	const char *from;		/* where it starts */
	int token_line, token_column;
	bool blank;			/* space stood before it */
	char sign, before;		/* this token as text_item.before has it, and the one before it */
	char chain[3 * WORD_MAX];	/* "at::cuda::x" up to here; "" after a token that is no part of a name */
	char last[WORD_MAX + 1];	/* the word before this token; "" when it was none */
	char before_word[WORD_MAX + 1];	/* the word before the pending one */
	size_t pending;			/* 1 + the word whose after is not known yet; 0: none */
};

/* The next token. */
void lex_next(struct lexer *l);

/* Moves behind blanks and comments. */
void lex_blanks(struct lexer *l);

/* The rest of a directive's line, without comments, cut at LINE_MAX_BYTES; stands before its newline afterwards. */
const char *lex_line(struct lexer *l);

/* The header that #include or __has_include names here, "<x>" or "\"x\""; NULL when a macro names it. */
const char *lex_header(struct lexer *l);

#endif
