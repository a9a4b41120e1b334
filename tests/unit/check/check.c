/* Every diagnosis has a name of its own, gets what it needs from the verbs that ask it, and says nothing bad of nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/check.h"
#include "cli/command.h"

static char *nothing[] = { NULL };
static struct run run = { .root = "/nonexistent", .cwd = "/", .environ = nothing };

static void
rows(void **state)
{
	(void)state;
	assert_true(check_count > 20);
	for (int i = 0; i < check_count; i++) {
		assert_true(checks[i]->name[0] && checks[i]->what[0] && checks[i]->look);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(checks[i]->name, checks[j]->name);
	}
}

static void
needs_are_surveyed(void **state)
{
	(void)state;
	assert_int_equal(check_needs() & ~command_find("doctor")->needs, 0);
}

/* An empty machine builds nothing, and that is all that is wrong with it; one with a torch is none that lacks a toolkit. */
static void
nothing_builds_nothing(void **state)
{
	struct torch torch = { .dir = "/t", .version = "2.5.1+cpu", .cxx11_abi = -1, .origin = "PyPI wheel" };
	struct machine machine = { .computer = &(struct computer){ .cpu = "x86_64", .memory = -1 } };
	struct findings found = { 0 };

	(void)state;
	check_machine(&run, &machine, &found);
	assert_int_equal(found.n, 1);
	assert_string_equal(found.item[0].code, "CE113");
	assert_int_equal(found.item[0].severity, SEVERITY_FAIL);
	machine.torch = &torch;
	machine.python = &(struct python){ .executable = "/p/bin/python", .real = "/p/bin/python", .prefix = "/p", .base_prefix = "/p", .tag = "cp311" };
	found = (struct findings){ 0 };
	check_machine(&run, &machine, &found);
	for (size_t i = 0; i < found.n; i++)
		assert_int_equal(found.item[i].severity, SEVERITY_NOTE);
}

/* What fails comes first, whatever the order of the rows. */
static void
worst_first(void **state)
{
	static char *variables[] = { "PATH=::/x", "CUDA_HOME=/a:/b", NULL };
	struct machine machine = { .computer = &(struct computer){ .cpu = "x86_64", .memory = -1 } };
	struct findings found = { 0 };

	(void)state;
	run.environ = variables;
	check_machine(&run, &machine, &found);
	run.environ = nothing;
	assert_int_equal(found.n, 2);
	assert_string_equal(found.item[0].code, "CE701");
	assert_string_equal(found.item[1].code, "CE706");
	assert_string_equal(found.item[1].remedy, "export PATH=/x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(needs_are_surveyed),
		cmocka_unit_test(nothing_builds_nothing),
		cmocka_unit_test(worst_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
