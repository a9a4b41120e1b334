/* Words by which compilers are told a standard. */
#include "base/cxx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
reads_standards(void **state)
{
	(void)state;
	assert_int_equal(cxx_standard("-std=c++17"), 17);
	assert_int_equal(cxx_standard("--std=gnu++2a"), 20);
	assert_int_equal(cxx_standard("-std=c++1z"), 17);
	assert_int_equal(cxx_standard("-std=c++2b"), 23);
	assert_true(cxx_standard("-std=c++98") > 0 && cxx_standard("-std=c++98") < 11);
	assert_true(cxx_standard("-std=gnu++03") > 0 && cxx_standard("-std=gnu++03") < 11);
	assert_true(cxx_standard("-std=c++0x") == 11);
	assert_int_equal(cxx_standard("-std=c17"), 0);
	assert_int_equal(cxx_standard("-stdlib=libc++"), 0);
	assert_int_equal(cxx_standard("std=c++17"), 0);
	assert_int_equal(cxx_standard("-"), 0);
	assert_int_equal(cxx_standard(""), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads_standards) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
