/* The table of packages: every row is whole and names its source, and a version finds its row. */
#include "check/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/data.h"
#include "base/str.h"

static struct run run = { .root = "", .cwd = "/" };

static int
pin(const char *name, const char *version, int major, int minor, int patch)
{
	struct version torch = { 3, { major, minor, patch, 0 } };
	struct profile profile;

	assert_true(profile_find(&run, name, version, &profile));
	return profile_pin(&profile, &torch);
}

static void
rows_are_whole(void **state)
{
	struct cJSON *rows = json_get(data_table(&run, "packages"), "packages");

	(void)state;
	assert_true(json_count(rows) > 15);
	for (struct cJSON *row = json_child(rows); row; row = json_next(row)) {
		struct profile profile;

		assert_non_null(json_get_text(row, "source"));
		assert_true(profile_find(&run, json_get_text(row, "name"), json_get_text(row, "from"), &profile));
		assert_string_equal(profile.source, json_get_text(row, "source"));
		assert_true(profile.plain || strings_has(&profile.imports, "torch"));
		assert_true(!profile.index || json_get(data_table(&run, "mmcv"), profile.index));
	}
}

static void
versions_find_their_row(void **state)
{
	struct profile profile;

	(void)state;
	assert_int_equal(pin("mmcv", "2.2.0", 2, 15, 0), 17);
	assert_int_equal(pin("mmcv", "2.2.0", 1, 12, 1), 14);
	assert_int_equal(pin("mmcv", "2.0.1", 2, 5, 1), 14);
	assert_int_equal(pin("MMCV_Full", "1.7.1", 2, 0, 1), 14);
	assert_int_equal(pin("mmcv-full", "1.7.2", 2, 0, 1), 17);
	assert_int_equal(pin("mmcv", NULL, 2, 5, 1), 17);
	assert_int_equal(pin("detectron2", NULL, 2, 15, 0), 0);
	assert_true(profile_find(&run, "mmcv", "1.7.2", &profile) && profile.plain);
	assert_true(profile_find(&run, "apex", NULL, &profile) && profile.exact);
	assert_true(profile_find(&run, "deepspeed", NULL, &profile) && profile.exact_from == 13);
	assert_false(profile_find(&run, "mmcv2", NULL, &profile));
	assert_null(run.error);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rows_are_whole), cmocka_unit_test(versions_find_their_row) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
