/*
 * text.h: what the formats share. A template says where a change's words go: @N the name, @V the value as the format's quote
 * writes it, a whole word of its own. No template holds a quote around @V: a quoted value within quotes is code again.
 */
#ifndef EMIT_TEXT_H
#define EMIT_TEXT_H

#include "emit/emit.h"

struct dialect {
	const char *set, *unset;	/* unset NULL: the format cannot */
	const char *prepend;		/* to a list that is set or not; NULL: said as set */
	const char *prepend_path;	/* to PATH, which is always set; NULL: as prepend */
	const char *once;		/* as prepend, but nothing where the list has it and the memory is @M; NULL: always prepends */
	/* The value as one word; NULL when this format has no word for it. */
	const char *(*quote)(struct arena *arena, const char *value);
	bool unicode;			/* takes UTF-8 only */
	const char *left;	/* sets ACTIVATION_LEFT, a variable of the shell alone; NULL: left out */
	const char *venv;	/* sets ACTIVATION_VENV where it is one too; NULL: it is exported like others */
};

/* The statements of all changes; false with run->error for a value that the format cannot hold. */
bool text_render(struct run *run, const char *format, const struct dialect *dialect, const struct changes *changes,
		 const char **out);

/* The changes with lists said as their whole new value where elements are taken out, or everywhere (all). */
struct changes text_resolve(struct run *run, const struct changes *changes, bool all);

/* The template with a name, a word and a memory (@N, @V, @M), and a line's end. */
const char *text_fill(struct arena *arena, const char *template, const char *name, const char *word, const char *memory);

/* The value as one word of any POSIX shell. */
const char *text_quote_sh(struct arena *arena, const char *value);

/* False with run->error for a value with control bytes, or not in UTF-8 where that is asked for. */
bool text_check(struct run *run, const char *format, const struct changes *changes, bool unicode);

/* The value between two quotes, with before in front of each byte that is one of these. */
const char *text_enclose(struct arena *arena, const char *value, const char *quote, const char *these, const char *before);

#endif
