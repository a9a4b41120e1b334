#include "base/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
test_env(void **state)
{
	char *variables[] = { "CUDA_HOME_OLD=/old", "CUDA_HOME=/opt/cuda=x", "EMPTY=", "CUDA_HOME=/second", "NAKED", NULL };
	struct run run = { .root = "", .environ = variables }, bare = { .root = "" };

	(void)state;
	assert_string_equal(run_env(&run, "CUDA_HOME"), "/opt/cuda=x");
	assert_null(run_env(&run, "EMPTY"));
	assert_null(run_env(&run, "NAKED"));
	assert_null(run_env(&run, "CUDA"));
	assert_null(run_env(&run, "CUDA_HOME_OLDER"));
	assert_null(run_env(&bare, "PATH"));
}

static void
test_fail(void **state)
{
	static char text[5000];
	struct run run = { .root = "" };

	(void)state;
	assert_false(run_fail(&run, "%s: %d", "first", 1));
	assert_false(run_fail(&run, "second"));
	assert_string_equal(run.error, "first: 1");
	run.error = NULL;
	memset(text, 'x', sizeof(text) - 1);
	run_fail(&run, "%s", text);
	assert_int_equal(strlen(run.error), 2047);
}

static void
test_trace(void **state)
{
	struct run run = { .root = "" };

	(void)state;
	run_trace(&run, "PATH", "/usr/bin/nvcc", "is a folder");
	assert_int_equal(run.traces.n, 0);
	run.tracing = true;
	for (int i = 0; i < 100; i++)
		run_trace(&run, "PATH", "/usr/bin/nvcc", "is a folder");
	assert_int_equal(run.traces.n, 100);
	assert_string_equal(run.traces.item[99].path, "/usr/bin/nvcc");
	assert_string_equal(run.traces.item[0].why, "is a folder");
}

static void
test_left_out(void **state)
{
	struct run run = { .root = "" };
	char what[] = "0";

	(void)state;
	run_left_out(&run, "/a", "1 MB");
	run_left_out(&run, "/a", "1 MB");
	assert_int_equal(run.left_out.n, 1);
	assert_string_equal(run.left_out.item[0], "too large, left out: /a (1 MB)");
	for (; what[0] < '0' + 20; what[0]++)
		run_left_out(&run, what, "1 MB");
	assert_int_equal(run.left_out.n, LEFT_OUT_SHOWN);
	assert_int_equal(run.left_out.n + run.left_out_more, 21);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_env), cmocka_unit_test(test_fail), cmocka_unit_test(test_left_out), cmocka_unit_test(test_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
