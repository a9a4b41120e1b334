/* What is shown is harmless, whatever it is; what programs read is left as it is. */
#define _GNU_SOURCE
#include "cli/print.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"

static struct run run = { .root = "" };
static char written[1 << 17];
static int saved;
static FILE *file;

/* Standard output goes to a file between these two. */
static void
begin(void)
{
	fflush(stdout);
	saved = dup(1);
	file = tmpfile();
	assert_non_null(file);
	assert_int_equal(dup2(fileno(file), 1), 1);
}

static const char *
end(void)
{
	ssize_t n;

	assert_true(print_end());
	assert_int_equal(dup2(saved, 1), 1);
	close(saved);
	n = pread(fileno(file), written, sizeof(written) - 1, 0);
	written[n > 0 ? n : 0] = '\0';
	fclose(file);
	return written;
}

static void
shows(void **state)
{
	static const char *const pairs[][2] = {
		{ "/opt/cuda 12", "/opt/cuda 12" },
		{ "/home/jürgen/日本", "/home/jürgen/日本" },
		{ "a\nb\tc\x1b[31m\x7f", "a\\x0ab\\x09c\\x1b[31m\\x7f" },
		{ "\xff/\xc3", "\\xff/\\xc3" },
		{ "\xc2\x9b" "2J", "\\u{9b}2J" },
		{ "abc\xe2\x80\xaetxt", "abc\\u{202e}txt" },
		{ "a\xc2\xad" "b\xd8\x9c" "c\xe2\x81\xa6" "d\xe2\x80\xa8" "e\xf3\xa0\x80\xa0", "a\\u{ad}b\\u{61c}c\\u{2066}d\\u{2028}e\\u{e0020}" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(visible(&run.arena, pairs[i][0]), pairs[i][1]);
}

static void
clips(void **state)
{
	static const char sixty[] = "123456789 123456789 123456789 123456789 123456789 123456789 ";

	(void)state;
	assert_string_equal(clipped(&run.arena, "short"), "short");
	assert_string_equal(clipped(&run.arena, sixty), sixty);
	assert_string_equal(clipped(&run.arena, "123456789 123456789 123456789 123456789 123456789 123456€€€€"),
			    "123456789 123456789 123456789 123456789 123456789 123456…");
}

static void
formats(void **state)
{
	(void)state;
	begin();
	out("%s|%.*s|%-5s|%5s|%*s|%-*s|%%\n", "a\nb\x1b[m", 2, "xy\033", "ü", "ab", 3, "c", 4, "\x07");
	out("%d %u %zu %ld %x %.1f %c%c\n", -1, 2u, (size_t)3, 4L, 0xffu, 0.25, 'x', '\033');
	assert_string_equal(end(), "a\\x0ab\\x1b[m|xy|ü    |   ab|  c|\\x07|%\n-1 2 3 4 ff 0.2 x\\x1b\n");
}

static void
cuts(void **state)
{
	const size_t size = 4 << 20;
	char *text = malloc(size + 1);

	(void)state;
	memset(text, 'x', size);
	text[size] = '\0';
	begin();
	out("%s\n", text);
	out_lines(text);
	out("\n");
	assert_true(strlen(end()) < 100000);
	assert_non_null(strstr(written, "… (4194304 bytes in all)\n"));
	free(text);
}

static void
lines(void **state)
{
	(void)state;
	begin();
	out_lines("a\tb\n\x1b]0;title\x07\n");
	assert_string_equal(end(), "a\tb\n\\x1b]0;title\\x07\n");
}

static void
exact(void **state)
{
	(void)state;
	begin();
	out_exact("/a\x1b[31m\n\xff\xe2\x80\xae\n");
	assert_string_equal(end(), "/a\x1b[31m\n\xff\xe2\x80\xae\n");
}

/* Another spelling of the same document. */
static void
json(void **state)
{
	static const char text[] = "/ü\x7f\xc2\x9b\xe2\x80\xae\xf3\xa0\x80\xa0\x1b";
	struct cJSON *document = json_object(&run), *again;
	struct blob blob;

	(void)state;
	json_put_text(&run, document, "text", text);
	begin();
	out_json(json_print(document));
	blob = (struct blob){ (char *)end(), strlen(written) };
	for (const char *at = written; *at; at++)
		assert_true(*at == '\n' || *at == '\t' || ((unsigned char)*at >= ' ' && *at != 0x7f));
	assert_non_null(strstr(written, "/ü\\u007f\\u009b\\u202e\\udb40\\udc20\\u001b"));
	assert_true(json_parse(&run, &blob, &again));
	assert_string_equal(json_get_text(again, "text"), text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows), cmocka_unit_test(clips), cmocka_unit_test(formats), cmocka_unit_test(cuts),
		cmocka_unit_test(lines), cmocka_unit_test(exact), cmocka_unit_test(json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
