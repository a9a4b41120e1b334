#include "select/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define ALL (CAN_COMPILE | CAN_LINK | CAN_EXTEND)

static struct arena arena;
static char *nothing[] = { NULL };
static struct run run = { .root = "/nowhere", .environ = nothing, .cwd = "/" };
static struct python python = { .executable = "/v/bin/python" };
static struct torch torch = { .version = "2.5.1+cu124", .dir = "/v/torch", .cuda = { 2, { 12, 4 } } };
static struct toolkit here[] = {
	{ .root = "/c/13.0", .nvcc = "n", .version = { 3, { 13, 0, 88 } }, .state = STATE_BUILDS, .abilities = ALL },
	{ .root = "/c/12.6", .nvcc = "n", .version = { 3, { 12, 6, 85 } }, .state = STATE_BUILDS, .abilities = ALL },
	{ .root = "/c/12.4", .nvcc = "n", .version = { 3, { 12, 4, 131 } }, .state = STATE_BUILDS, .abilities = ALL },
	{ .root = "/c/11.8", .nvcc = "n", .version = { 3, { 11, 8, 89 } }, .state = STATE_BUILDS, .abilities = ALL, .active = true },
};
static struct machine machine = { .toolkits = { here, 4 }, .python = &python, .torch = &torch };

static const char *
fit(struct demand demand)
{
	const char *why = NULL;
	const struct toolkit *toolkit = fit_select(&arena, &machine, &demand, &why);

	assert_true(toolkit || why);
	return toolkit ? toolkit->root : why;
}

static void
nobody_chose(void **state)
{
	(void)state;
	assert_string_equal(fit((struct demand){ 0 }), "/c/11.8");	/* the active one */
	assert_string_equal(fit((struct demand){ .within = ">=12" }), "/c/13.0");
	assert_string_equal(fit((struct demand){ .within = ">=12,<13" }), "/c/12.6");
	assert_string_equal(fit((struct demand){ .torch = true }), "/c/12.4");
	assert_string_equal(fit((struct demand){ .torch = true, .within = ">12.4,<14" }), "/c/12.6");	/* torch's major */
	assert_string_equal(fit((struct demand){ .torch = true, .within = "11.8" }), "/c/11.8");
	assert_string_equal(fit((struct demand){ .within = ">=14" }), "no toolkit >=14; here: 13.0, 12.6, 12.4, 11.8");
}

static void
somebody_chose(void **state)
{
	struct demand demand = { .chosen = "11.8", .by = "CUENV_VERSION", .torch = true };

	(void)state;
	assert_string_equal(fit(demand), "/c/11.8");	/* also where torch wants another */
	demand.within = ">=12";
	assert_string_equal(fit(demand), "CUDA 11.8.89 (/c/11.8), chosen by CUENV_VERSION, is not >=12, which the project asks for; "
					 "13.0.88 is: cmake -DCUDAENV_SPEC=13.0 …");
	demand.chosen = "10";
	assert_non_null(strstr(fit(demand), "(chosen by CUENV_VERSION)"));
}

static void
torch_is_fit_by_its_major(void **state)
{
	struct demand any = { .torch = true }, eleven = { .torch = true, .within = ">=11,<12" };

	(void)state;
	assert_null(fit_torch(&run, &machine, &any, &here[1]));
	assert_null(fit_torch(&run, &machine, &any, &here[2]));
	assert_non_null(strstr(fit_torch(&run, &machine, &any, &here[3]), "does not load in it; cmake -DCUDAENV_SPEC=12.4 …"));
	assert_non_null(strstr(fit_torch(&run, &machine, &eleven, &here[3]),
			       "the project asks for >=11,<12: take a Python whose torch has such a CUDA, cmake -DCUDAENV_PYTHON="));
	machine.toolkits = (struct toolkits){ &here[3], 1 };
	assert_non_null(strstr(fit_torch(&run, &machine, &any, &here[3]), "create -p ~/cuda-12.4 -c conda-forge"));
	machine.toolkits = (struct toolkits){ here, 4 };
	machine.torch = NULL;
	assert_non_null(strstr(fit_torch(&run, &machine, &any, &here[0]), "/v/bin/python has no torch"));
	machine.torch = &torch;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_chose),
		cmocka_unit_test(somebody_chose),
		cmocka_unit_test(torch_is_fit_by_its_major),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
