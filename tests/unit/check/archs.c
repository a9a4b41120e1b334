/* Which GPU runs which code, as CUDA's programming guide says it: binary compatibility within a major, PTX upwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/archs.h"

static void
machine_code(void **state)
{
	const char *words[] = { "sm_50", "sm_80", "sm_86", "sm_90a", "compute_90" };
	struct strings list = { words, 5 };

	(void)state;
	assert_true(archs_run(&list, "50"));
	assert_true(archs_run(&list, "52"));
	assert_true(archs_run(&list, "80"));
	assert_true(archs_run(&list, "89"));
	assert_true(archs_run(&list, "90"));
	assert_false(archs_run(&list, "75"));
	assert_false(archs_run(&list, "87"));	/* a Tegra */
	assert_false(archs_run(&list, "100"));
	assert_false(archs_run(&list, "120"));
	list.n = 0;
	assert_false(archs_run(&list, "80"));
}

static void
ptx(void **state)
{
	const char *words[] = { "sm_90", "compute_50", "compute_80", "compute_90a" };
	struct strings list = { words, 4 };

	(void)state;
	assert_string_equal(archs_ptx(&list, "120"), "compute_80");
	assert_string_equal(archs_ptx(&list, "80"), "compute_80");
	assert_string_equal(archs_ptx(&list, "75"), "compute_50");
	assert_null(archs_ptx(&list, "37"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(machine_code), cmocka_unit_test(ptx) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
