#define _GNU_SOURCE
#include "cli/table.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/print.h"

#define GAP 2	/* blanks between columns */

void
table_add(struct run *run, struct table *table, const char *cell)
{
	strings_add(&run->arena, &table->cells, cell ? visible(&run->arena, cell) : "");
}

int
text_width(const char *text)
{
	int width = 0, columns;
	char room[16];

	while (*text) {
		text += shown_next(text, room, &columns);
		width += columns;
	}
	return width;
}

int
screen_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 80;
}

static const char *
cell(const struct table *table, int row, int column)
{
	return table->cells.item[row * table->columns + column];
}

/* Where each column starts. The last one stands behind the longest cell that leaves room for its own row's last cell. */
static void
place_columns(const struct table *table, int rows, int width, int *start)
{
	int last = table->columns - 1;

	for (int column = 0; column < last; column++) {
		start[column + 1] = start[column];
		for (int row = 0; row < rows; row++) {
			int end = start[column] + text_width(cell(table, row, column)) + GAP;

			if (column == last - 1 && end + text_width(cell(table, row, last)) > width)
				continue;
			if (end > start[column + 1])
				start[column + 1] = end;
		}
	}
}

static const char *
spaces(struct run *run, int n)
{
	return str_format(&run->arena, "%*s", n > 0 ? n : 0, "");
}

/* Blanks up to a column, or a new line when the text before is too long or what follows would not fit. */
static void
put(struct run *run, struct strings *out, int *at, int start, const char *text, int wrap_to, int width)
{
	if (!*text)
		return;
	if (wrap_to && *at > 0 && (*at + GAP > start || start + text_width(text) > width)) {
		strings_add(&run->arena, out, "\n");
		*at = 0;
		start = wrap_to;
	}
	strings_add(&run->arena, out, spaces(run, start - *at));
	strings_add(&run->arena, out, text);
	*at = (start > *at ? start : *at) + text_width(text);
}

const char *
table_text(struct run *run, const struct table *table, int width)
{
	int rows = (int)table->cells.n / table->columns, last = table->columns - 1;
	int *start = arena_alloc(&run->arena, (size_t)table->columns * sizeof(*start));
	struct strings out = { 0 };

	place_columns(table, rows, width, start);
	for (int row = 0; row < rows; row++) {
		int at = 0;

		for (int column = 0; column <= last; column++)
			put(run, &out, &at, start[column], cell(table, row, column),
			    column == last && last ? start[last - 1] + GAP : 0, width);
		strings_add(&run->arena, &out, "\n");
	}
	return strings_join(&run->arena, &out, "");
}

const char *
filled(struct run *run, const char *text, int indent)
{
	struct strings out = { 0 };
	int at = 0;

	while (*text) {
		size_t n = strcspn(text, " \n");
		bool verbatim = at == 0 && *text == ' ';
		const char *word = str_copy(&run->arena, text, verbatim ? n = strcspn(text, "\n") : n);

		if (at && at + 1 + text_width(word) > 80) {
			strings_add(&run->arena, &out, "\n");
			at = 0;
		}
		strings_add(&run->arena, &out, at ? " " : n ? spaces(run, indent) : "");
		strings_add(&run->arena, &out, word);
		at = (at ? at + 1 : indent) + text_width(word);
		text += n;
		if (text[0] == '\n' && (verbatim || text[1] == '\n' || text[1] == ' ')) {
			strings_add(&run->arena, &out, text[1] == '\n' ? "\n\n" : "\n");
			text += text[1] == '\n';
			at = 0;
		}
		text += *text != '\0';
	}
	return strings_join(&run->arena, &out, "");
}
