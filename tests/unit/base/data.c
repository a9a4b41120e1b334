/* The embedded tables hold what the code asks of them, and a file takes a table's place. */
#define _GNU_SOURCE
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/data.h"
#include "base/world.h"

static char *nothing[] = { NULL };
static struct run run = { .root = "", .cwd = "/", .environ = nothing };

/* Every row of a list has a source, and its key is there. */
static int
rows(const char *table, const char *list, const char *key)
{
	struct cJSON *row = json_child(json_get(data_table(&run, table), list));
	int n = 0;

	for (; row; row = json_next(row), n++) {
		if (!json_get_text(row, key) || !json_get_text(row, "source"))
			print_error("%s: row %d of %s\n", table, n, list);
		assert_non_null(json_get_text(row, key));
		assert_non_null(json_get_text(row, "source"));
	}
	return n;
}

static void
whole(void **state)
{
	(void)state;
	assert_true(rows("toolkits", "releases", "version") >= 30);
	assert_true(rows("gpus", "names", "re") >= 28);
	assert_true(rows("gpus", "sm", "sm") >= 20);
	assert_true(rows("torch", "releases", "version") >= 20);
	assert_true(rows("tensorflow", "linux_gpu", "version") >= 20);
	assert_true(rows("cudnn", "releases", "version") >= 20);
	assert_true(json_count(json_get(data_table(&run, "forward-compat"), "packages")) >= 20);
}

static void
sane(void **state)
{
	struct cJSON *row = json_child(json_get(data_table(&run, "gpus"), "names"));
	struct version before = { 0 };

	(void)state;
	for (; row; row = json_next(row)) {
		regex_t pattern;

		assert_int_equal(regcomp(&pattern, json_get_text(row, "re"), REG_EXTENDED | REG_NOSUB), 0);
		regfree(&pattern);
		assert_int_equal(data_version(row, "cc").n, 2);
	}
	row = json_child(json_get(data_table(&run, "toolkits"), "releases"));
	for (; row; row = json_next(row)) {	/* newer releases, newer drivers */
		struct version driver = data_version(row, "driver");

		assert_true(!driver.n || version_compare(&driver, &before) > 0);
		before = driver.n ? driver : before;
	}
}

static void
replaced(void **state)
{
	char folder[] = "/tmp/cuenv-test.XXXXXX", *variables[] = { NULL, NULL };
	const char *file;
	struct cJSON *table;

	(void)state;
	assert_non_null(mkdtemp(folder));
	file = str_format(&run.arena, "%s/gpus.json", folder);
	variables[0] = (char *)str_format(&run.arena, "CUENV_DATA=%s", folder);
	run.environ = variables;
	assert_non_null(data_table(&run, "gpus"));	/* nothing in its place */
	assert_true(world_write(&run, file, "{\"names\": []}", 13));
	table = data_table(&run, "gpus");
	assert_int_equal(json_count(json_get(table, "names")), 0);
	assert_null(json_get(table, "sm"));
	assert_null(run.error);
	assert_true(world_write(&run, file, "{\"names\": [", 11));
	assert_null(data_table(&run, "gpus"));
	assert_non_null(strstr(run.error, "/gpus.json is no table"));
	run.error = NULL;
	run.environ = nothing;
	unlink(file);
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(whole), cmocka_unit_test(sane), cmocka_unit_test(replaced) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
