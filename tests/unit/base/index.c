#include "base/index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void
test_index(void **state)
{
	struct arena arena = { 0 };
	struct index index = { 0 };

	(void)state;
	assert_true(index_find(&index, "a") == SIZE_MAX);
	for (size_t i = 0; i < 100000; i++)
		assert_int_equal(index_put(&arena, &index, str_format(&arena, "name %zu", i), i), i);
	for (size_t i = 0; i < 100000; i += 7) {
		assert_int_equal(index_find(&index, str_format(&arena, "name %zu", i)), i);
		assert_int_equal(index_put(&arena, &index, str_format(&arena, "name %zu", i), 1), i);
	}
	assert_true(index_find(&index, "name") == SIZE_MAX);
	assert_true(index_find(&index, "") == SIZE_MAX);
	assert_int_equal(index.n, 100000);
}

static void
test_names(void **state)
{
	struct arena arena = { 0 };
	struct names names = { 0 };

	(void)state;
	assert_true(names_add(&arena, &names, "b"));
	assert_true(names_add(&arena, &names, "a"));
	assert_false(names_add(&arena, &names, "b"));
	assert_int_equal(names.list.n, 2);
	assert_string_equal(names.list.item[0], "b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_index), cmocka_unit_test(test_names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
