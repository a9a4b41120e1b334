#define _GNU_SOURCE
#include "cli/print.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#define TEXT_MAX ((size_t)8 << 10)	/* bytes of one text: twice the longest path */
#define TABLE_LINE_MAX ((size_t)64 << 10)	/* of a line of a table, which holds some of them */

/* Characters that move the cursor, change the screen, turn the text around or cannot be seen: C0, DEL, C1, bidirectional
 * marks, line separators, tags. */
static bool
hidden(unsigned code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c || code == 0x180e || code == 0x200b ||
	       code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
	       code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe0fff);
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

size_t
shown_next(const char *text, char *room, int *columns)
{
	unsigned code;
	size_t n = utf8_next(text, &code);

	if (n && !hidden(code)) {
		memcpy(room, text, n);
		room[n] = '\0';
		*columns = columns_of(code);
		return n;
	}
	*columns = snprintf(room, 16, n > 1 ? "\\u{%x}" : "\\x%02x", n > 1 ? code : (unsigned char)*text);
	return n ? n : 1;
}

const char *
visible(struct arena *arena, const char *text)
{
	const char *mark = text;
	char room[16], *shown, *to;
	unsigned code;
	size_t n;
	int columns;

	while (*mark && (n = utf8_next(mark, &code)) && !hidden(code))
		mark += n;
	if (!*mark)
		return text;
	shown = to = arena_alloc(arena, 4 * strlen(text) + 1);	/* \xNN for one byte, \u{NNNN} for two and more */
	while (*text) {
		text += shown_next(text, room, &columns);
		to = stpcpy(to, room);
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

/* At most size bytes of the text, keep: characters that stay. Returns the columns that it took. */
static int
put(FILE *to, const char *text, size_t size, const char *keep)
{
	int columns, all = 0;
	char room[16];
	size_t at = 0;

	while (at < size && text[at]) {
		if (at >= TEXT_MAX && !*keep) {
			fprintf(to, "… (%zu bytes in all)", strnlen(text, size));
			return all;
		}
		if (strchr(keep, text[at])) {
			putc(text[at++], to);
			continue;
		}
		at += shown_next(text + at, room, &columns);
		fputs(room, to);
		all += columns;
	}
	return all;
}

static void
pad(FILE *to, int n)
{
	while (n-- > 0)
		putc(' ', to);
}

/* A conversion that is no %s: its bytes are digits, signs and one letter. */
static void
put_number(FILE *to, const char *from, size_t n, va_list *args)
{
	char format[16] = "", kind = from[n - 1], size = n > 1 ? from[n - 2] : '\0';

	if (n >= sizeof(format))
		return;
	memcpy(format, from, n);
	format[n] = '\0';
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (kind == 'f' || kind == 'g')
		fprintf(to, format, va_arg(*args, double));
	else if (kind == 'c')
		put(to, (char[]){ (char)va_arg(*args, int), '\0' }, 1, "");
	else if (size == 'z')
		fprintf(to, format, va_arg(*args, size_t));
	else if (size == 'l')
		fprintf(to, format, va_arg(*args, long));
	else if (kind == 'd' || kind == 'u' || kind == 'x')
		fprintf(to, format, va_arg(*args, int));
#pragma GCC diagnostic pop
}

/* "%s", "%.*s", "%-12s", "%*s" and numbers: no other conversion is used, and one would print nothing. */
static const char *
convert(FILE *to, const char *at, va_list *args)
{
	const char *from = at++, *text;
	bool left = *at == '-';
	int width = 0, columns;
	size_t size = SIZE_MAX;

	at += left;
	if (*at == '*' && at++)
		width = va_arg(*args, int);
	else
		while (*at >= '0' && *at <= '9')
			width = 10 * width + *at++ - '0';
	if (at[0] == '.' && at[1] == '*') {
		size = (size_t)va_arg(*args, int);
		at += 2;
	}
	if (*at != 's') {
		at += strcspn(at, "dufgxc%");
		if (*at == '%')
			putc('%', to);
		else if (*at)
			put_number(to, from, (size_t)(at - from) + 1, args);
		return *at ? at + 1 : at;
	}
	text = va_arg(*args, const char *);
	if (!left && width)
		pad(to, width - (int)strlen(text));
	columns = put(to, text, size, "");
	pad(to, left ? width - columns : 0);
	return at + 1;
}

static void
print(FILE *to, const char *format, va_list *args)
{
	while (*format) {
		size_t n = strcspn(format, "%");

		fwrite(format, 1, n, to);
		format += n;
		if (*format)
			format = convert(to, format, args);
	}
}

void
out(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(stdout, format, &args);
	va_end(args);
}

/* Each message is one write: those of processes that run side by side must not run into one another. */
static void
buffer_errors(void)
{
	static char line[4096];
	static bool buffered;

	if (!buffered)
		setvbuf(stderr, line, _IOFBF, sizeof(line));
	buffered = true;
}

void
err(const char *format, ...)
{
	va_list args;

	buffer_errors();
	va_start(args, format);
	print(stderr, format, &args);
	va_end(args);
	fflush(stderr);
}

void
err_progress(const char *format, ...)
{
	va_list args;

	if (!isatty(STDERR_FILENO))
		return;
	buffer_errors();
	fputs("\r\033[K", stderr);
	va_start(args, format);
	print(stderr, format, &args);
	va_end(args);
	fflush(stderr);
}

void
out_lines(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		put(stdout, text, n < TABLE_LINE_MAX ? n : TABLE_LINE_MAX, "\t");
		if (n > TABLE_LINE_MAX)
			printf("… (%zu bytes in all)", n);
		text += n;
		if (*text)
			putchar(*text++);
	}
}

bool
out_is_terminal(void)
{
	return isatty(STDOUT_FILENO);
}

void
out_exact(const char *text)
{
	if (out_is_terminal())
		out_lines(text);
	else
		fputs(text, stdout);
}

void
out_json(const char *text)
{
	unsigned code;

	while (*text) {
		size_t n = utf8_next(text, &code);

		if (n == 1 && code < 0x20)
			putchar((int)code);	/* between its words: inside them JSON itself has escaped these */
		else if (n && !hidden(code))
			fwrite(text, 1, n, stdout);
		else if (code < 0x10000)
			printf("\\u%04x", code);
		else
			printf("\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
		text += n ? n : 1;
	}
}

void
out_flush(void)
{
	fflush(stdout);
}

bool
print_end(void)
{
	return fflush(stdout) == 0 && !ferror(stdout);
}
