/*
 * table.h: columns for people. Widths are in characters on the screen; the last cell of a row that would not fit goes to a
 * line of its own, so that a path is never cut and one long path does not push everything to the right.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "base/run.h"
#include "base/str.h"

struct table {
	int columns;
	struct strings cells;	/* row after row */
};

void table_add(struct run *run, struct table *table, const char *cell);	/* NULL: an empty cell */

/* The table in at most width columns where cells allow it. */
const char *table_text(struct run *run, const struct table *table, int width);

/*
 * Text filled to 80 columns, each line behind indent blanks, for help: lines that start with a blank are kept as they are,
 * an empty line ends a paragraph.
 */
const char *filled(struct run *run, const char *text, int indent);

/* Columns that text takes on a screen. */
int text_width(const char *text);

/* Width to print for: the terminal's, else 80. */
int screen_width(void);

#endif
