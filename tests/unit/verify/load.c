/* Which CUDA runtimes are loaded is told with tabs between them: a path may hold blanks. */
#include "verify/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct run run;

static void
load(const char *mapped, struct verdict *verdict)
{
	static const char rest[] = "\ntorch\t2.5.1\ncpu\tsame\nerror\tscale takes float32, not Long\n"
				   "gpu_skipped\ttorch sees no GPU here\ndone\tyes\n";
	char *text = (char *)str_format(&run.arena, "cudart\t%s%s", mapped, rest);
	struct outcome outcome = { .out = { text, strlen(text) }, .err = { "", 0 } };
	struct plan plan = { 0 };

	load_read(&run, &plan, &outcome, verdict);
}

static void
a_blank_in_a_path_is_not_two_runtimes(void **state)
{
	struct verdict verdict = { 0 };

	(void)state;
	load("/home/me/my env/lib/libcudart.so.12", &verdict);
	assert_int_equal(verdict.findings.n, 0);
	assert_non_null(strstr(verdict.facts.item[0].value, "/home/me/my env/lib/libcudart.so.12"));
}

static void
two_runtimes_are_told(void **state)
{
	struct verdict verdict = { 0 };

	(void)state;
	load("/a b/libcudart.so.12\t/c/libcudart.so.13", &verdict);
	assert_int_equal(verdict.findings.n, 1);
	assert_string_equal(verdict.findings.item[0].code, "CE453");
	assert_string_equal(verdict.findings.item[0].what,
			    "two CUDA runtimes are loaded: /a b/libcudart.so.12, /c/libcudart.so.13");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_blank_in_a_path_is_not_two_runtimes),
		cmocka_unit_test(two_runtimes_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
