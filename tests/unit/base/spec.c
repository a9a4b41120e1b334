#include "base/spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct version
version(const char *text)
{
	struct version v = { 0 };

	assert_true(version_parse(text, &v, NULL));
	return v;
}

static struct spec
spec(const char *text)
{
	struct spec s = { 0 };

	assert_true(spec_parse(text, &s));
	return s;
}

static void
admits(void **state)
{
	static const struct { const char *spec, *version; bool admitted; } rows[] = {
		{ "11", "11.8.89", true },	  { "11.8", "11.8.89", true },	   { "11.8.89", "11.8.89", true },
		{ "11.8.90", "11.8.89", false },  { "1", "11.8", false },	   { ">11.8", "11.8.89", false },
		{ ">=11.8", "11.8.89", true },	  { "<=11.8", "11.8.89", true },   { "<11.8", "11.8.89", false },
		{ ">=11.7,<12", "11.8", true },	  { ">=11.7,<12", "12.0", false }, { ">=11.7,<12", "11.6", false },
		{ "==12.10", "12.1", false },	  { "12.1", "12.10", false },	   { "12.0", "12", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct spec s = spec(rows[i].spec);
		struct version v = version(rows[i].version);

		assert_int_equal(spec_admits(&s, &v), rows[i].admitted);
	}
	assert_false(spec_admits(&(struct spec){ .n = 0 }, &(struct version){ 0 }));
}

/* A directory's name tells less than the toolkit: what it may be must not be ruled out. */
static void
may_admit(void **state)
{
	static const struct { const char *spec, *name; bool possible; } rows[] = {
		{ "11.8.89", "11.8", true }, { "11.8.89", "11.7", false },  { "11.8", "11.8", true },
		{ "11.8", "11", true },	     { ">11.8.89", "11.8", true },  { ">11.8.89", "11.7", false },
		{ "<12.4.1", "12.4", true }, { ">=12,<12.4", "12.4", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct spec s = spec(rows[i].spec);
		struct version v = version(rows[i].name);

		assert_int_equal(spec_may_admit(&s, &v), rows[i].possible);
	}
}

static void
names_minor(void **state)
{
	static const struct { const char *spec; bool names; } rows[] = {
		{ "11.8", true }, { "11.8.89", true }, { "==11.8", true }, { "11", false },
		{ ">=11.8", false }, { "11.8,<12", false }, { "torch", false }, { "system", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct spec s = spec(rows[i].spec);

		assert_int_equal(spec_names_minor(&s), rows[i].names);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(admits), cmocka_unit_test(may_admit), cmocka_unit_test(names_minor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
