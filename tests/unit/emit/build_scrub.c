#define _GNU_SOURCE
#include "root.h"

static const char *own_include[] = { "/opt/cuda-11.8/include" }, *conda_lib[] = { "/env/lib" };
static struct toolkit here[] = {
	{ .root = "/usr/local/cuda-13.0" },
	{ .root = "/opt/cuda-11.8", .include_dirs = { own_include, 1 } },
	{ .root = "/env", .lib_dirs = { conda_lib, 1 } },
	{ .root = "/usr" },
};
static struct machine machine = { .toolkits = { here, 4 } };

static void
only_others(void **state)
{
	static char *variables[] = {
		"LD_LIBRARY_PATH=/usr/local/cuda-13.0/lib64:/mine:/env/lib:/env/lib/R:/opt/cuda-11.8/lib64:",
		"CPATH=/link/include:relative:/opt/cuda-11.8/include", "LIBRARY_PATH=/usr/lib:/gone", NULL
	};
	static const char *const gone[][2] = {
		{ "LD_LIBRARY_PATH", "/usr/local/cuda-13.0/lib64" }, { "LD_LIBRARY_PATH", "/env/lib" },
		{ "CPATH", "/link/include" },
	};
	struct build_plan plan = { 0 };

	(void)state;
	new_root(variables);
	put("/usr/local/cuda-13.0/lib64/x", "", 0644);
	put("/usr/local/cuda-13.0/include/cuda.h", "", 0644);
	put("/opt/cuda-11.8/lib64/x", "", 0644);
	put("/opt/cuda-11.8/include/x", "", 0644);
	put("/env/lib/R/x", "", 0644);
	put("/env/conda-meta/history", "", 0644);
	put("/usr/lib/x", "", 0644);
	put("/mine/x", "", 0644);
	assert_int_equal(symlink("/usr/local/cuda-13.0", str_format(&run.arena, "%s/link", run.root)), 0);
	build_scrub(&run, &machine, &here[1], &plan);
	assert_int_equal(plan.changes.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(plan.changes.item[i].kind, CHANGE_REMOVE);
		assert_string_equal(plan.changes.item[i].name, gone[i][0]);
		assert_string_equal(plan.changes.item[i].value, gone[i][1]);
	}
	assert_int_equal(plan.said.n, 1);
	remove_root();
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(only_others) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
