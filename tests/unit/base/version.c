#include "base/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct version
parse(const char *text)
{
	struct version v = { 0 };

	assert_true(version_parse(text, &v, NULL));
	return v;
}

static void
test_parse(void **state)
{
	static const struct { const char *text, *want, *rest; } rows[] = {
		{ "11", "11", "" }, { "11.8", "11.8", "" }, { "11.8.89", "11.8.89", "" }, { "1.2.3.4", "1.2.3.4", "" },
		{ "1.2.3.4.5", "1.2.3.4", ".5" }, { "11.8.20220929", "11.8.20220929", "" }, { "12.", "12", "." },
		{ "12..4", "12", "..4" }, { "12.4-rc1", "12.4", "-rc1" }, { "12.x", "12", ".x" }, { "012.04", "12.4", "" },
		{ "12 .4", "12", " .4" },
	};
	static const char *const none[] = { "", ".", "v12", " 12", "-1", ".5", "x", "123456789", "12.123456789012345678901" };
	struct version v = { 4, { 9, 9, 9, 9 } };
	const char *end = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(version_parse(none[i], &v, &end));
	assert_int_equal(v.n, 4);	/* untouched */
	assert_null(end);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(version_parse(rows[i].text, &v, &end));
		assert_string_equal(version_text(&arena, &v, 0), rows[i].want);
		assert_string_equal(end, rows[i].rest);
	}
}

static void
test_compare(void **state)
{
	static const char *const rising[] = { "9", "9.2.148", "10", "10.1", "10.10", "11.0.1", "11.0.1.1", "11.8.89" };

	(void)state;
	for (size_t i = 0; i < sizeof(rising) / sizeof(rising[0]); i++)
		for (size_t k = 0; k < sizeof(rising) / sizeof(rising[0]); k++) {
			struct version a = parse(rising[i]), b = parse(rising[k]);

			assert_int_equal(version_compare(&a, &b), (i > k) - (i < k));
		}
	assert_int_equal(version_compare(&(struct version){ 1, { 11 } }, &(struct version){ 2, { 11, 0 } }), 0);
}

static void
test_relations(void **state)
{
	struct version v = parse("11.8.89"), prefix = parse("11.8"), major = parse("11"), other = parse("11.80"), none = { 0 };

	(void)state;
	assert_true(version_has_prefix(&v, &prefix) && version_has_prefix(&v, &major) && version_has_prefix(&v, &v));
	assert_true(version_has_prefix(&v, &none));
	assert_false(version_has_prefix(&prefix, &v) || version_has_prefix(&v, &other) || version_has_prefix(&none, &major));
	assert_true(version_same_minor(&v, &prefix));
	assert_false(version_same_minor(&v, &major) || version_same_minor(&v, &other) || version_same_minor(&none, &none));
}

static void
expect_macro(long number, const char *want)
{
	struct version v = version_from_macro(number);

	assert_string_equal(version_text(&arena, &v, 0), want);
}

static void
test_macro(void **state)
{
	(void)state;
	expect_macro(12040, "12.4");
	expect_macro(11080, "11.8");
	expect_macro(9020, "9.2");
	expect_macro(10000, "10.0");
	expect_macro(13000, "13.0");
	expect_macro(0, "?");
	expect_macro(-1, "?");
	expect_macro(99999999, "?");
}

static void
test_text(void **state)
{
	struct version v = parse("11.8.89"), none = { 0 };

	(void)state;
	assert_string_equal(version_text(&arena, &v, 1), "11");
	assert_string_equal(version_text(&arena, &v, 2), "11.8");
	assert_string_equal(version_text(&arena, &v, 9), "11.8.89");
	assert_string_equal(version_text(&arena, &none, 0), "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse), cmocka_unit_test(test_compare), cmocka_unit_test(test_relations),
		cmocka_unit_test(test_macro), cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
