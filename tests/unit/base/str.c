#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void
test_format(void **state)
{
	static char text[1000];

	(void)state;
	assert_string_equal(str_format(&arena, "%s-%d", "a", 7), "a-7");
	assert_string_equal(str_format(&arena, "%s", ""), "");
	for (size_t n = 250; n < 260; n++) {	/* around the small buffer */
		memset(text, 'x', n);
		text[n] = '\0';
		assert_string_equal(str_format(&arena, "%s", text), text);
	}
	assert_string_equal(str_copy(&arena, "abc", 2), "ab");
	assert_string_equal(str_copy(&arena, "", 0), "");
}

static void
test_compare(void **state)
{
	(void)state;
	assert_true(str_starts("abc", "ab") && str_starts("abc", "") && str_starts("", ""));
	assert_false(str_starts("ab", "abc") || str_starts("", "a"));
	assert_true(str_ends("abc", "bc") && str_ends("abc", "") && str_ends("abc", "abc"));
	assert_false(str_ends("bc", "abc") || str_ends("abc", "ab"));
	assert_true(str_same("a", "a") && str_same(NULL, NULL));
	assert_false(str_same("a", NULL) || str_same(NULL, "a") || str_same("a", "b"));
}

static void
test_trim(void **state)
{
	(void)state;
	assert_string_equal(str_trim(&arena, " \t a b\r\n", 8), "a b");
	assert_string_equal(str_trim(&arena, "   ", 3), "");
	assert_string_equal(str_trim(&arena, "", 0), "");
	assert_string_equal(str_trim(&arena, "abc", 2), "ab");
	assert_int_equal(str_trim(&arena, "\0 ", 2)[0], '\0');
}

static void
test_find(void **state)
{
	struct blob blob = { (char[]){ "a\0bc" }, 4 }, none = { 0 };

	(void)state;
	assert_ptr_equal(blob_find(&blob, "bc"), blob.data + 2);
	assert_null(blob_find(&blob, "cd"));
	assert_null(blob_find(&blob, "abcde"));
	assert_null(blob_find(&none, "a"));
}

/* Lines joined by "|". */
static void
expect_lines(const char *text, size_t size, const char *want)
{
	struct blob blob = { (char *)str_copy(&arena, text, size), size };
	struct strings lines = { 0 };
	size_t at = 0, length;
	const char *line;

	while (blob_line(&blob, &at, &line, &length))
		strings_add(&arena, &lines, str_copy(&arena, line, length));
	assert_string_equal(strings_join(&arena, &lines, "|"), want);
}

static void
test_lines(void **state)
{
	(void)state;
	expect_lines("", 0, "");
	expect_lines("a", 1, "a");
	expect_lines("a\n", 2, "a");
	expect_lines("a\r\nb\rc\n\n\r\nd\r", 12, "a|b\rc|||d");
	expect_lines("a\nb", 1, "a");
}

static void
test_strings(void **state)
{
	struct strings list = { 0 };

	(void)state;
	strings_sort(&list);
	assert_string_equal(strings_join(&arena, &list, ", "), "");
	assert_false(strings_has(&list, ""));
	strings_add(&arena, &list, "b");
	strings_add_once(&arena, &list, "a");
	strings_add_once(&arena, &list, "b");
	strings_add(&arena, &list, "10");
	strings_sort(&list);
	assert_string_equal(strings_join(&arena, &list, ", "), "10, a, b");
	assert_true(strings_has(&list, "a"));
	strings_add_some(&arena, &list, TEXTS("x", NULL, "y", NULL));	/* a NULL ends nothing */
	strings_add_some(&arena, &list, TEXTS(NULL));
	assert_string_equal(strings_join(&arena, &list, ", "), "10, a, b, x, y");
}

static void
expect_split(const char *text, size_t n, const char *want)
{
	struct strings pieces = str_split(&arena, text, ':');

	assert_int_equal(pieces.n, n);
	assert_string_equal(strings_join(&arena, &pieces, "|"), want);
}

static void
test_split(void **state)
{
	(void)state;
	expect_split("", 1, "");
	expect_split("a", 1, "a");
	expect_split("a:b", 2, "a|b");
	expect_split(":a::", 4, "|a||");
}

static void
quotes(void **state)
{
	(void)state;
	assert_string_equal(str_quote(&arena, "/opt/cuda-12.4/lib"), "/opt/cuda-12.4/lib");
	assert_string_equal(str_quote(&arena, ""), "''");
	assert_string_equal(str_quote(&arena, "a b"), "'a b'");
	assert_string_equal(str_quote(&arena, "it's $HOME"), "'it'\\''s $HOME'");
	assert_string_equal(str_quote(&arena, "'"), "''\\'''");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format), cmocka_unit_test(test_compare), cmocka_unit_test(test_trim),
		cmocka_unit_test(quotes),
		cmocka_unit_test(test_find), cmocka_unit_test(test_lines), cmocka_unit_test(test_strings),
		cmocka_unit_test(test_split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
