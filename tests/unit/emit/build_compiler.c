#define _GNU_SOURCE
#include "root.h"

static struct compiler here[] = {
	{ "/usr/bin/g++-14", "/usr/bin/x86_64-linux-gnu-g++-14", false, { 3, { 14, 2, 0 } } },
	{ "/usr/bin/g++-12", "/usr/bin/x86_64-linux-gnu-g++-12", false, { 3, { 12, 2, 0 } } },
	{ "/usr/bin/g++-11", "/usr/bin/x86_64-linux-gnu-g++-11", false, { 3, { 11, 3, 0 } } },
	{ "/usr/bin/clang++-14", "/usr/bin/clang-14", true, { 3, { 14, 0, 6 } } },
};
static struct machine machine = { .compilers = { here, 4 } };
static struct toolkit toolkit = { .root = "/cuda", .version = { 2, { 11, 8 } } };

static void
new_machine(char *const *variables)
{
	static const char *const files[] = {
		"/usr/bin/x86_64-linux-gnu-g++-14", "/usr/bin/x86_64-linux-gnu-g++-12", "/usr/bin/x86_64-linux-gnu-g++-11",
		"/usr/bin/gcc-14", "/usr/bin/gcc-11", "/usr/bin/clang-14", "/usr/bin/ccache",
	};

	new_root(variables);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		put(files[i], "", 0755);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(symlink(here[i].real, str_format(&run.arena, "%s%s", run.root, here[i].path)), 0);
	assert_int_equal(symlink("g++-12", str_format(&run.arena, "%s/usr/bin/c++", run.root)), 0);
}

static struct build_plan
plan(int gcc_max, int clang_max)
{
	struct build_plan out = { 0 };

	toolkit.gcc_max = gcc_max;
	toolkit.clang_max = clang_max;
	run.error = NULL;
	build_compiler(&run, &machine, &toolkit, &out);
	return out;
}

static void
default_or_newest(void **state)
{
	static char *variables[] = { "PATH=/usr/bin", NULL };

	(void)state;
	new_machine(variables);
	assert_string_equal(plan(13, 17).cxx, "/usr/bin/g++-12");
	assert_string_equal(plan(13, 17).cc, "/usr/bin/g++-12");	/* no gcc-12 here: g++ compiles C as well */
	assert_string_equal(plan(0, 0).cxx, "/usr/bin/g++-12");
	assert_string_equal(plan(11, 14).cxx, "/usr/bin/g++-11");
	assert_string_equal(plan(11, 14).cc, "/usr/bin/gcc-11");
	assert_string_equal(plan(11, 14).said.item[0],
			    "compiler /usr/bin/g++-11 (GCC 11.3.0): the default (GCC 12.2.0) is beyond CUDA 11.8's bound, GCC 11");
	assert_string_equal(plan(10, 14).cxx, "/usr/bin/clang++-14");
	assert_null(plan(10, 11).cxx);
	assert_string_equal(run.error, "CUDA 11.8 accepts GCC ≤ 10, clang ≤ 11: none is here; "
				       "conda create -p ~/gxx -c conda-forge gxx=10");
	remove_root();
}

static void
named(void **state)
{
	static char *variables[] = { "PATH=/usr/bin", "CXX=g++-14", NULL };
	static char *front[] = { "PATH=/usr/bin", "CXX=ccache g++-11 -B/x", NULL };
	struct build_plan kept;

	(void)state;
	new_machine(variables);
	assert_string_equal(plan(15, 0).cxx, "/usr/bin/g++-14");
	assert_string_equal(plan(13, 0).cxx, "/usr/bin/g++-12");	/* named, but beyond the bound */
	assert_non_null(strstr(plan(13, 0).said.item[0], ": CXX (GCC 14.2.0) is beyond"));
	run.environ = front;
	kept = plan(13, 0);
	assert_string_equal(kept.cxx, "/usr/bin/g++-11");
	assert_string_equal(value_of(&kept, "CXX"), "ccache g++-11 -B/x");
	remove_root();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_or_newest),
		cmocka_unit_test(named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
