#include "cli/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/print.h"

static struct run run = { .root = "" };

static void
measures(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("jürgen"), 6);
	assert_int_equal(text_width("日本"), 4);
	assert_int_equal(text_width("e\xcc\x81"), 1);
}

static const char *
table_of(const char *const *cells, int n, int columns, int width)
{
	struct table table = { .columns = columns };

	for (int i = 0; i < n; i++)
		table_add(&run, &table, cells[i]);
	return table_text(&run, &table, width);
}

static void
aligns(void **state)
{
	static const char *const cells[] = { "V", "ROOT", "BY", "12.4", "/ü", "x", "9", "/opt/cuda", NULL };

	(void)state;
	assert_string_equal(table_of(cells, 9, 3, 80), "V     ROOT       BY\n"
						       "12.4  /ü         x\n"
						       "9     /opt/cuda\n");
}

static void
wraps(void **state)
{
	static const char *const cells[] = { "V", "ROOT", "BY", "1", "/opt", "me", "2", "/a/very/long/path/of/a/root", "you" };

	(void)state;
	assert_string_equal(table_of(cells, 9, 3, 20), "V  ROOT  BY\n"
						       "1  /opt  me\n"
						       "2  /a/very/long/path/of/a/root\n"
						       "     you\n");
	assert_string_equal(table_of(cells, 2, 2, 2), "V\n  ROOT\n");
	assert_string_equal(table_of(cells, 0, 3, 20), "");
}

static void
fills(void **state)
{
	static const char sixty[] = "123456789 123456789 123456789 123456789 123456789 123456789 ";

	(void)state;
	assert_string_equal(filled(&run, "", 2), "");
	assert_string_equal(filled(&run, "one\ntwo\n\n  kept  as is\nthree", 0), "one two\n\n  kept  as is\nthree");
	assert_string_equal(filled(&run, sixty, 30), "                              "
						     "123456789 123456789 123456789 123456789 123456789\n"
						     "                              123456789");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures), cmocka_unit_test(aligns), cmocka_unit_test(wraps),
		cmocka_unit_test(fills),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
