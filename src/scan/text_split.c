/* A source in items: its directives, and the words of its code with what stands next to them. */
#include <string.h>

#include "scan/text_lex.h"

static struct text_item *
add(struct lexer *l, enum text_kind kind, int line, int column)
{
	struct text_item *item = list_add(&l->run->arena, &l->file->items);

	*item = (struct text_item){ .kind = kind, .line = line, .column = column };
	return item;
}

/* Whether a word behind another one is being declared: "int x(", "struct x {"; and not "return x(". */
static bool
declares(const struct text_item *item, const char *last)
{
	static const char *const others[] = { "return", "else", "case", "throw", "new", "delete", "goto", "do", "and", "or",
					      "not", "co_return", "co_await", "co_yield", "typename", "sizeof", "operator" };

	if (!strchr("a*&>", item->before) || !strchr("({;=:?[,)<", item->after))
		return false;
	if (item->before != 'a')
		return item->after == '(';
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(last, others[i]) == 0)
			return false;
	return item->after != ',' && item->after != ')';
}

/* The word before this token knows now what stands behind it. */
static void
settle(struct lexer *l)
{
	struct text_item *item;

	if (!l->pending)
		return;
	item = &l->file->items.item[l->pending - 1];
	item->after = l->kind == END || (l->kind == NEWLINE && l->directive) ? ';' : l->sign;
	if (declares(item, l->before_word))
		*list_add(&l->run->arena, &l->file->declares) = item->name;
	l->pending = 0;
}

/* Whose names are looked up with their namespace. */
static bool
is_known_space(const char *chain)
{
	static const char *const spaces[] = { "at::", "c10::", "torch::", "thrust::", "cub::" };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (str_starts(chain, spaces[i]))
			return true;
	return false;
}

/* The name so far: "at", "at::cuda", …; "?" for what is no name, as in "f<x>::y". */
static void
chain(struct lexer *l)
{
	size_t have = strlen(l->chain), more = strlen(l->word);

	if (l->kind == WORD) {
		if (l->before != ':' || !have)
			have = 0;
		else if (have + 2 + more < sizeof(l->chain))
			memcpy(l->chain + have, "::", 3), have += 2;
		if (have + more < sizeof(l->chain))
			memcpy(l->chain + have, l->word, more + 1);
	} else if (l->sign != ':') {
		l->chain[0] = '\0';
	} else if (!have && strchr(">)]", l->before)) {
		memcpy(l->chain, "?", 2);
	}
}

static void
add_word(struct lexer *l, enum text_kind kind)
{
	bool global = l->before == ':' && !l->chain[0];
	struct text_item *item;

	chain(l);
	if (l->file->foreign)
		return;
	item = add(l, kind, l->token_line, l->token_column);
	item->name = text_name(l->run, l->texts, l->word);
	item->before = global ? ';' : l->before;
	if (is_known_space(l->chain))
		item->full = text_name(l->run, l->texts, l->chain);
	memcpy(l->before_word, l->last, sizeof(l->last));
	l->pending = l->file->items.n;
}

/* The words of a macro's body, up to the line's end; the body as text where it is short. */
static const char *
read_body(struct lexer *l)
{
	char body[LINE_MAX_BYTES + 1];
	size_t n = 0;
	bool whole = true;

	for (l->kind = START, l->sign = ';', l->chain[0] = '\0'; lex_next(l), l->kind != END && l->kind != NEWLINE;) {
		size_t length = l->kind == QUOTED ? 1 : strlen(l->word);

		settle(l);
		if (l->kind == WORD)
			add_word(l, TEXT_BODY);
		else
			chain(l);
		whole = whole && n + length + 1 < sizeof(body);
		if (!whole)
			continue;
		if (l->blank && n)
			body[n++] = ' ';
		memcpy(body + n, l->kind == QUOTED ? "\"" : l->word, length);
		n += length;
	}
	settle(l);
	return whole ? str_copy(&l->run->arena, body, n) : NULL;
}

static void
read_define(struct lexer *l)
{
	int line = l->token_line, column = l->token_column;
	struct text_name *name = text_name(l->run, l->texts, l->word);
	size_t at = l->file->items.n;
	bool takes_arguments = l->at < l->end && *l->at == '(';
	const char *body;

	add(l, TEXT_DEFINE, line, column)->name = name;
	l->kind = START;
	while (takes_arguments && l->sign != ')' && l->kind != END && l->kind != NEWLINE)
		lex_next(l);
	body = l->kind == END || l->kind == NEWLINE ? NULL : read_body(l);
	l->file->items.item[at].text = takes_arguments ? NULL : body;
}

static void
read_include(struct lexer *l)
{
	const char *header = lex_header(l);
	int line = l->token_line, column = l->token_column;

	add(l, TEXT_INCLUDE, line, column)->text = header ? header : "";
}

static void
read_conditional(struct lexer *l, enum text_kind kind)
{
	int line = l->token_line, column = l->token_column;
	struct text_name *name = NULL;
	const char *text = NULL;
	struct text_item *item;

	if (kind == TEXT_IFDEF || kind == TEXT_IFNDEF || kind == TEXT_UNDEF) {
		lex_next(l);
		if (l->kind == WORD)
			name = text_name(l->run, l->texts, l->word);
	} else if (kind != TEXT_ELSE && kind != TEXT_ENDIF) {
		text = lex_line(l);
	}
	item = add(l, kind, line, column);
	item->name = name;
	item->text = text;
}

/* "#elifdef X" is "#elif defined X". */
static void
read_elif(struct lexer *l, const char *before)
{
	int line = l->token_line, column = l->token_column;
	const char *text = str_format(&l->run->arena, "%s %s", before, lex_line(l));

	add(l, TEXT_ELIF, line, column)->text = text;
}

static void
read_directive(struct lexer *l)
{
	static const struct { const char *word; enum text_kind kind; } conditionals[] = {
		{ "if", TEXT_IF }, { "ifdef", TEXT_IFDEF }, { "ifndef", TEXT_IFNDEF }, { "elif", TEXT_ELIF },
		{ "else", TEXT_ELSE }, { "endif", TEXT_ENDIF }, { "undef", TEXT_UNDEF }, { "error", TEXT_ERROR },
	};

	for (size_t i = 0; i < sizeof(conditionals) / sizeof(conditionals[0]); i++)
		if (strcmp(l->word, conditionals[i].word) == 0) {
			read_conditional(l, conditionals[i].kind);
			return;
		}
	if (strcmp(l->word, "include") == 0 || strcmp(l->word, "include_next") == 0)
		read_include(l);
	else if (strcmp(l->word, "elifdef") == 0)
		read_elif(l, "defined");
	else if (strcmp(l->word, "elifndef") == 0)
		read_elif(l, "!defined");
	else if (strcmp(l->word, "pragma") == 0 && (lex_next(l), l->kind == WORD) && strcmp(l->word, "once") == 0)
		add(l, TEXT_ONCE, l->token_line, l->token_column);
	else if (strcmp(l->word, "define") == 0 && (lex_next(l), l->kind == WORD))
		read_define(l);
}

/* From the # to the line's end. What the code's names are continues behind it. */
static void
directive(struct lexer *l)
{
	struct lexer code = *l;

	l->directive = true;
	l->pending = 0;
	l->chain[0] = '\0';
	lex_next(l);
	if (l->kind == WORD)
		read_directive(l);
	lex_line(l);
	l->directive = false;
	l->pending = code.pending;
	l->kind = NEWLINE;
	l->sign = code.before, l->before = code.before;
	memcpy(l->chain, code.chain, sizeof(code.chain));
	memcpy(l->last, code.last, sizeof(code.last));
	memcpy(l->before_word, code.before_word, sizeof(code.before_word));
}

/* #ifndef X, #define X at a file's start, so that it counts once. */
static struct text_name *
guard(const struct text_file *file)
{
	const struct text_item *item = file->items.item;
	size_t at = 0;

	while (at < file->items.n && item[at].kind == TEXT_ONCE)
		at++;
	if (at + 1 < file->items.n && item[at].kind == TEXT_IFNDEF && item[at + 1].kind == TEXT_DEFINE &&
	    item[at].name == item[at + 1].name)
		return item[at].name;
	return NULL;
}

void
text_split(struct run *run, struct scan_texts *texts, const struct blob *text, struct text_file *file)
{
	struct lexer l = { .run = run, .texts = texts, .file = file, .at = text->data, .end = text->data + text->size,
			   .line_start = text->data, .line = 1, .sign = ';' };
	bool fresh = true;

	for (lex_next(&l); l.kind != END; lex_next(&l)) {
		if (l.kind == NEWLINE) {
			fresh = true;
		} else if (fresh && l.kind == PUNCT && l.sign == '#') {
			directive(&l);
		} else {
			fresh = false;
			settle(&l);
			if (l.kind == WORD)
				add_word(&l, TEXT_WORD);
			else
				chain(&l);
		}
	}
	settle(&l);
	file->guard = guard(file);
}
