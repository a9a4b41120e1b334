/*
 * print.h: the only way to the terminal. What is shown may come from a file, a log, a path, a variable or a compiler, so each
 * text that goes through here is made harmless here, and nobody has to remember to: control characters, bad UTF-8 and what
 * turns the direction of writing become \xNN or \u{NNNN}, and what is very long is cut. Only print.c and main.c name a stream
 * (tests/house printers).
 */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include "base/run.h"
#include "base/str.h"

/* As printf and fprintf(stderr, …): the format is ours, and each %s is shown as above, a line's end in it too. */
void out(const char *format, ...) __attribute__((format(printf, 1, 2)));
void err(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Lines that we have laid out ourselves, as tables: ends of lines and tabs stay, anything else is shown as above. */
void out_lines(const char *text);

/* What a program reads (a path, a shell's code): each byte of it; on a terminal as out_lines, for there nobody reads it so. */
void out_exact(const char *text);

/* JSON: the same to whoever parses it, and without the characters above. */
void out_json(const char *text);

/* A line on a terminal's stderr that the next one overwrites, "" takes it away; nothing where nobody watches. */
void err_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));

void out_flush(void);		/* what comes on stderr next is to stand below it */
bool print_end(void);		/* false: standard output could not be written; errno, unless it was before */
bool out_is_terminal(void);

/* A text as out shows it; the text itself where it shows all of it as it is. Nothing is cut. */
const char *visible(struct arena *arena, const char *text);

/* A word of the user's for an error line: its first 60 bytes or so, and "…" when there was more. */
const char *clipped(struct arena *arena, const char *word);

/* What out shows of the next character, in room (16 bytes), with its columns; returns how many bytes of the text it is. */
size_t shown_next(const char *text, char *room, int *columns);

#endif
