/* scan.h: one piece of a log at a time; for this folder only. */
#ifndef EXPLAIN_SCAN_H
#define EXPLAIN_SCAN_H

#include "explain/explain.h"

struct words;

/* Whether a pattern fits a line; window: where the text ends, of which the line is the first. */
bool pattern_fits(const char *pattern, const char *line, const char *line_end, const char *window, struct captures *out);

/* The longest literal text of one alternative of a pattern, which ends at end; for the automaton. */
const char *pattern_anchor(const char *pattern, const char **end, size_t *length);

/* The automaton that finds, in one pass, the lines that may fit a row of causes.def. */
const struct words *words_make(struct run *run);

/* The first place of one of the words in text, and a state to go on from; NULL when there is none. */
const char *words_next(const struct words *words, const char *at, const char *end);

/* Marks in rows every row that has a word in the text, in contexts every row whose context has. */
void words_mark(const struct words *words, const char *at, const char *end, bool *rows, bool *contexts);

/* Reads whole lines: adds to out what they say, with lines counted from the piece's beginning. Takes colours out of data.
 * Uses no memory but out's. */
void scan(const struct words *words, char *data, size_t size, struct reading *out);

/* Adds a later piece's reading, whose lines begin behind those of out. */
void scan_join(struct reading *out, const struct reading *piece);

/* At the end: what the contexts rule out goes, and of several rows for one line the first stays. */
void scan_settle(struct reading *out);

#endif
