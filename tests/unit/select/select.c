#include "select/select.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static struct arena arena;
static struct python python = { .executable = "/usr/bin/python3" };
static struct torch torch = { .version = "2.5.1+cu124", .cuda = { 2, { 12, 4 } } };

/* As surveyed: newest first. */
static struct toolkit here[] = {
	{ .root = "/w/cu13", .nvcc = "n", .version = { 3, { 13, 0, 88 } }, .state = STATE_BUILDS,
	  .abilities = CAN_COMPILE | CAN_LINK },
	{ .root = "/opt/cuda-12.4", .nvcc = "n", .version = { 3, { 12, 4, 131 } }, .state = STATE_BUILDS,
	  .abilities = CAN_COMPILE | CAN_LINK | CAN_EXTEND },
	{ .root = "/opt/torn", .nvcc = "n", .version = { 2, { 12, 1 } }, .state = STATE_BROKEN },
	{ .root = "/usr", .nvcc = "n", .version = { 3, { 11, 8, 89 } }, .state = STATE_BUILDS, .active = true,
	  .abilities = CAN_COMPILE | CAN_LINK | CAN_EXTEND, .named = { &(const char *){ "/other/name" }, 1 } },
	{ .root = "/env", .version = { 2, { 11, 3 } }, .state = STATE_RUNTIME_ONLY },
};
static struct machine machine = { .toolkits = { here, 5 }, .python = &python, .torch = &torch };

static const char *
selected(const struct machine *m, const char *text)
{
	struct selection selection = select_toolkit(&arena, m, text, false);

	assert_true(!selection.toolkit == !!selection.why);
	return selection.toolkit ? selection.toolkit->root : selection.why;
}

static void
selects(void **state)
{
	static const char *const pairs[][2] = {
		{ "11", "/usr" }, { "11.8", "/usr" }, { "11.8.89", "/usr" }, { "12", "/opt/cuda-12.4" },
		{ ">=11.7,<12", "/usr" }, { ">=12", "/opt/cuda-12.4" }, { ">12.4", "/w/cu13" }, { "<=12.4", "/opt/cuda-12.4" },
		{ "<12", "/usr" }, { "torch", "/opt/cuda-12.4" }, { "system", "/usr" }, { "13", "/w/cu13" }, { "==13.0", "/w/cu13" },
		{ "=11.8", "/usr" }, { "cu118", "/usr" }, { "118", "/usr" }, { "v11.8", "/usr" }, { "cuda-11.8", "/usr" },
		{ "cuda11.8.89", "/usr" }, { "11.x", "/usr" }, { "11.8.*", "/usr" }, { "cu12", "/opt/cuda-12.4" }, { "cu130", "/w/cu13" },
		{ ">=cu118,<12", "/usr" }, { "latest", "/opt/cuda-12.4" }, { "/other/name", "/usr" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(selected(&machine, pairs[i][0]), pairs[i][1]);
}

static void
says_what_is_here(void **state)
{
	(void)state;
	assert_string_equal(selected(&machine, "12.5"), "no toolkit 12.5; the nearest is 12.4; here: 13.0, 12.4, 11.8");
	assert_string_equal(selected(&machine, "10"), "no toolkit 10; the nearest is 11.8; here: 13.0, 12.4, 11.8");
	assert_string_equal(selected(&machine, "11.3"),
			    "11.3 at /env is runtime-only: no nvcc; the nearest is 11.8; here: 13.0, 12.4, 11.8");
	assert_string_equal(selected(&machine, "12.1"),
			    "12.1 at /opt/torn is broken: see cuenv versions --why; the nearest is 12.4; here: 13.0, 12.4, 11.8");
	assert_string_equal(selected(&machine, ">13"), "no toolkit >13; here: 13.0, 12.4, 11.8");
	assert_string_equal(selected(&(struct machine){ 0 }, "12"),
			    "no toolkit 12; no toolkit with nvcc is here; see: cuenv versions --why");
}

static void
refuses(void **state)
{
	static const char *const bad[] = { "", "x", "12x", "12.", ">=", "12,", ",12", "12,,13", "torch ", "1.2.3.4.5", "-1",
					   "99999999999", ">=1,>=2,>=3,>=4,>=5", "~12", "12 ", "TORCH", "11,8", "cu", "cux", "11.y", "v", "x.11" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_non_null(strstr(selected(&machine, bad[i]), "is no version"));
}

static void
needs_a_torch_for_torch(void **state)
{
	struct torch cpu = { .version = "2.5.1+cpu" }, other = { .version = "2.1+cu121", .cuda = { 2, { 12, 1 } } };
	struct machine m = machine;

	(void)state;
	m.torch = &cpu;
	assert_string_equal(selected(&m, "torch"), "torch 2.5.1+cpu is not a CUDA build");
	m.torch = &other;
	/* 12.1 is broken: the other 12 is what its build takes with a warning */
	assert_string_equal(selected(&m, "torch"), "/opt/cuda-12.4");
	assert_string_equal(select_toolkit(&arena, &m, "torch", false).note,
			    "CUDA 12.4.131 is for torch 2.1+cu121 (CUDA 12.1): the same major version, so it works too; no toolkit 12.1 "
			    "is here");
	assert_string_equal(select_toolkit(&arena, &m, "torch", true).why,
			    "CUDA 12.1 (torch 2.1+cu121) at /opt/torn is broken: see cuenv versions --why; here: 13.0, 12.4, 11.8; without "
			    "--exact: CUDA 12.4, of the same major");
	m.torch = NULL;
	assert_non_null(strstr(selected(&m, "torch"), "/usr/bin/python3 has no torch"));
	m.python = NULL;
	assert_non_null(strstr(selected(&m, "torch"), "--python"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selects),
		cmocka_unit_test(says_what_is_here),
		cmocka_unit_test(refuses),
		cmocka_unit_test(needs_a_torch_for_torch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
