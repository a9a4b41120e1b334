/* Compilers that start at once against the memory that is free: recorded machines have no number of cores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/check.h"

extern const struct check check_memory;

static char *none[] = { NULL }, *jobs[] = { "MAX_JOBS=4", NULL };
static struct run run = { .root = "/nonexistent", .cwd = "/", .environ = none };
static struct torch torch = { .version = "2.5.1+cu124", .cuda = { 2, { 12, 4, 0, 0 } } };
static struct toolkit toolkit = { .root = "/opt/cuda", .nvcc = "/opt/cuda/bin/nvcc", .version = { 2, { 12, 4, 0, 0 } } };
static struct computer computer = { .cores = 16, .memory = 7LL << 30, .memory_from = "MemAvailable" };

static struct findings
found(void)
{
	struct machine machine = { .torch = &torch, .toolkit = &toolkit, .computer = &computer };
	struct findings findings = { 0 };

	check_memory.look(&run, &machine, &findings);
	return findings;
}

static void
too_little(void **state)
{
	struct findings findings = found();

	(void)state;
	assert_int_equal(findings.n, 1);
	assert_string_equal(findings.item[0].code, "CE902");
	assert_int_equal(findings.item[0].severity, SEVERITY_WARN);
	assert_string_equal(findings.item[0].what,
			    "a build starts 16 compilers, and the memory is enough for 2: the kernel may kill one");
	assert_string_equal(findings.item[0].evidence.item[0], "MemAvailable: 7.0 GB free, 3 GB for a job");
	assert_string_equal(findings.item[0].remedy, "export MAX_JOBS=2");
	computer.memory = 1LL << 30;
	assert_string_equal(found().item[0].remedy, "export MAX_JOBS=1");
	computer.memory = 48LL << 30;
	assert_int_equal(found().n, 0);
	computer.memory = -1;
	assert_int_equal(found().n, 0);
	computer.memory = 7LL << 30;
}

static void
no_matter(void **state)
{
	(void)state;
	run.environ = jobs;
	assert_int_equal(found().n, 0);
	run.environ = none;
	toolkit.nvcc = NULL;
	assert_int_equal(found().n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(too_little), cmocka_unit_test(no_matter) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
