#include "emit/generator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "emit/gen_cmake.h"

static const struct toolkit toolkit = { .root = "/opt/cuda", .version = { 3, { 11, 8, 89 } } };

static void
test_fill(void **state)
{
	static const struct blank blanks[] = { { "A", "1" }, { "BB", "@A@" }, { 0 } };
	static const char *const rows[][2] = {
		{ "", "" }, { "x", "x" }, { "@A@", "1" }, { "@A@@A@", "11" }, { "@BB@", "@A@" }, { "@", "@" }, { "@@", "@@" },
		{ "a@b.c @A@", "a@b.c 1" }, { "@AB@ @B@", "@AB@ @B@" }, { "@A", "@A" },
	};
	struct run run = { .root = "" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(generator_fill(&run, rows[i][0], blanks), rows[i][1]);
}

static bool
made(const char *text)
{
	struct blob blob = { (char *)text, strlen(text) };

	return generator_made(&blob);
}

static void
test_made(void **state)
{
	struct run run = { .root = "" };

	(void)state;
	assert_true(made(str_format(&run.arena, "# %s\n", generator_note(&run, "cmake", &toolkit))));
	assert_true(made("{\n\n\"x\": \"made by cuenv gen\"}"));
	assert_true(made("1\r\n2\n3\n4\n5\n6\n7\n made by cuenv gen x"));
	assert_false(made("1\n2\n3\n4\n5\n6\n7\n8\n made by cuenv gen x"));
	assert_false(made("made by cuenv\ngen"));
	assert_false(made(""));
}

static void
test_holds(void **state)
{
	static const struct { const char *path, *not; bool unicode, yes; } rows[] = {
		{ "/a b", ";", true, true }, { "/a;b", ";", false, false }, { "/a;b", "", false, true },
		{ "/\xc3\xbc", "", true, true }, { "/\xff", "", true, false }, { "/\xff", "", false, true },
		{ "/a\nb", "", false, false }, { "/a\x7f", "", false, false }, { "", ";", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct run run = { .root = "" };

		assert_int_equal(generator_holds(&run, "x", rows[i].path, rows[i].not, rows[i].unicode), rows[i].yes);
		assert_int_equal(run.error == NULL, rows[i].yes);
	}
}

static void
test_up(void **state)
{
	static const char *const rows[][2] = {
		{ "/opt/cuda/lib", ".." }, { "/opt/cuda/lib/cmake/X", "../../.." }, { "/opt/cuda", NULL },
		{ "/opt/cudax/lib", NULL }, { "/elsewhere", NULL }, { "/opt/cuda/lib/../../x", NULL }, { NULL, NULL },
	};
	struct run run = { .root = "/nonexistent" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct blueprint from = { .toolkit = &toolkit, .folder = rows[i][0] };
		const char *up = generator_up(&run, &from);

		assert_true(str_same(up, rows[i][1]));
	}
	assert_string_equal(generator_below(&run, &toolkit, "/opt/cuda/bin/nvcc", "R"), "R/bin/nvcc");
	assert_string_equal(generator_below(&run, &toolkit, "/opt/cuda", "R"), "R");
	assert_string_equal(generator_below(&run, &toolkit, "/opt/cudax", "R"), "/opt/cudax");
}

static void
test_cmake_word(void **state)
{
	static const char refused[] = ";[]\"\\$\n";
	const char *word;

	(void)state;
	struct run run = { .root = "" };

	assert_true(gen_cmake_word(&run, "cmake", "/a b#'@{}", &word));
	assert_string_equal(word, "[[/a b#'@{}]]");
	for (const char *at = refused; *at; at++) {
		struct run other = { .root = "" };

		assert_false(gen_cmake_word(&other, "cmake", str_format(&other.arena, "/a%cb", *at), &word));
		assert_non_null(other.error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill), cmocka_unit_test(test_made), cmocka_unit_test(test_holds), cmocka_unit_test(test_up),
		cmocka_unit_test(test_cmake_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
