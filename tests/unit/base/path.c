#include "base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena arena;

static void
test_pieces(void **state)
{
	(void)state;
	assert_string_equal(path_join(&arena, "/a", "b"), "/a/b");
	assert_string_equal(path_join(&arena, "/a/", "b"), "/a/b");
	assert_string_equal(path_join(&arena, "/", "b"), "/b");
	assert_string_equal(path_join(&arena, "", "b"), "b");
	assert_string_equal(path_join(&arena, "/a", ""), "/a/");
	assert_string_equal(path_parent(&arena, "/a/b"), "/a");
	assert_string_equal(path_parent(&arena, "/a"), "/");
	assert_string_equal(path_parent(&arena, "/"), "/");
	assert_string_equal(path_parent(&arena, "a"), ".");
	assert_string_equal(path_name("/a/b"), "b");
	assert_string_equal(path_name("b"), "b");
	assert_string_equal(path_name("/a/"), "");
}

static void
test_clean(void **state)
{
	static const char *const rows[][3] = {
		{ "/w", "/", "/" }, { "/w", "//", "/" }, { "/w", "", "/w" }, { "/w", ".", "/w" }, { "/w", "./", "/w" },
		{ "/w", "a", "/w/a" }, { "/w/", "a//b/./c/", "/w/a/b/c" }, { "/", "a", "/a" }, { "/w", "/./a/.", "/a" },
		{ "/w", "../a", "/w/../a" }, { "/w", "/a/../b", "/a/../b" }, { "/w", "~/x", "/w/~/x" },
		{ "/w", "/.a/..b/c.", "/.a/..b/c." }, { "/w", "/a b/:c", "/a b/:c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(path_clean(&arena, rows[i][0], rows[i][1]), rows[i][2]);
}

static void
test_below(void **state)
{
	(void)state;
	assert_true(path_below("/a", "/a") && path_below("/a/b", "/a") && path_below("/a", "/") && path_below("/", "/"));
	assert_false(path_below("/ab", "/a") || path_below("/", "/a") || path_below("/b/a", "/a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces), cmocka_unit_test(test_clean), cmocka_unit_test(test_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
