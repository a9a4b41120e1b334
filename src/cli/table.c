#define _GNU_SOURCE
#include "cli/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

#define GAP 2	/* blanks between columns */

void
table_add(struct run *run, struct table *table, const char *cell)
{
	strings_add(&run->arena, &table->cells, cell ? visible(&run->arena, cell) : "");
}

/* Characters that move the cursor, change the screen or turn the text around: C0, DEL, C1, bidirectional overrides. */
static bool
hidden(unsigned code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

const char *
visible(struct arena *arena, const char *text)
{
	const char *mark = text;
	char *shown, *to;
	unsigned code;
	size_t n;

	while (*mark && (n = utf8_next(mark, &code)) && !hidden(code))
		mark += n;
	if (!*mark)
		return text;
	shown = to = arena_alloc(arena, 4 * strlen(text) + 1);	/* \xNN for one byte, \u{NNNN} for two or three */
	while (*text) {
		n = utf8_next(text, &code);
		if (n && !hidden(code))
			to = mempcpy(to, text, n);
		else
			to += sprintf(to, n > 1 ? "\\u{%x}" : "\\x%02x", n > 1 ? code : (unsigned char)*text);
		text += n ? n : 1;
	}
	return shown;
}

const char *
clipped(struct arena *arena, const char *word)
{
	size_t n = strnlen(word, 61);

	if (n <= 60)
		return word;
	for (n = 57; n > 40 && ((unsigned char)word[n] & 0xc0) == 0x80; n--)
		;
	return str_format(arena, "%.*s…", (int)n, word);
}

/* East Asian wide characters and emoji take two columns, combining marks none; near enough for paths. */
static int
columns_of(unsigned code)
{
	if (code >= 0x300 && code <= 0x36f)
		return 0;
	return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
	       (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
	       (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
	       (code >= 0x1f300 && code <= 0x1faff) || (code >= 0x20000 && code <= 0x3fffd) ? 2 : 1;
}

int
text_width(const char *text)
{
	int width = 0;

	while (*text) {
		unsigned code;
		size_t n = utf8_next(text, &code);

		width += columns_of(code);
		text += n ? n : 1;
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
