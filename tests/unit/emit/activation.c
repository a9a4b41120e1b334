#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "emit/emit.h"
#include "emit/list.h"

static struct run run = { .root = "", .cwd = "/" };
static struct toolkit a = { .root = "/opt/cuda-11.8", .nvcc = "/opt/cuda-11.8/bin/nvcc" };
static struct toolkit b = { .root = "/opt/cuda 12.4", .nvcc = "/opt/cuda 12.4/bin/nvcc" };
static struct toolkit debian = { .root = "/usr", .nvcc = "/usr/bin/nvcc" };
static const char *libraries[] = { "/opt/cuda-11.8/lib64", "/opt/cuda-11.8/extra", "/usr/lib/x86_64-linux-gnu" };
static const struct extras runtime = { .runtime = true };
static const struct extras all = { .runtime = true, .compiler = { "/usr/bin/g++-11", "/usr/bin/gcc-11", "/usr/bin/g++-11", NULL, NULL }, .archs = "8.0;9.0+PTX" };

static char *const environments[][8] = {
	{ "PATH=/usr/bin:/bin", "HOME=/root", NULL },
	{ NULL },
	{ "PATH=", "CUDA_HOME=", "LD_LIBRARY_PATH=", NULL },
	{ "PATH=/opt/cuda-11.8/bin:/usr/bin:/opt/cuda-11.8/bin", "CUDA_HOME=/opt/cuda-11.8", "CUDACXX=x=y-z+", NULL },
	{ "PATH=:/usr/bin::/bin:", "LD_LIBRARY_PATH=/a:/opt/cuda-11.8/lib64", "CXX=g++ -m64", "CC=cc", NULL },
	{ "PATH=:", "LD_LIBRARY_PATH=:", "TORCH_CUDA_ARCH_LIST=7.0", "CUDA_PATH=/x:y", NULL },
	{ "PATH=/v/bin:/usr/bin", "VIRTUAL_ENV=/v", "_OLD_VIRTUAL_PATH=/usr/bin", "_cuenv_left=", NULL },
	{ "PATH=/opt/cuda 12.4/bin", "VIRTUAL_ENV=/v", "CUENV_CUDA_HOME_SAVED=9999 x", "CUENV_PATH_SAVED=", "CUDA_HOME=/u", NULL },
};

static void
become(const struct toolkit *toolkit, const struct extras *extras)
{
	struct changes changes = activation_changes(&run, toolkit, extras);

	run.environ = activation_apply(&run, &changes);
}

static const char *
value(const char *name)
{
	return list_env(run.environ, name);
}

static void
put(const char *name, const char *text)
{
	struct change change = { text ? CHANGE_SET : CHANGE_UNSET, name, text };

	run.environ = activation_apply(&run, &(struct changes){ &change, 1 });
}

static const char *
sorted(char *const *variables)
{
	struct strings list = { 0 };

	for (; *variables; variables++)
		if (!str_starts(*variables, "CUENV_") && !str_starts(*variables, "_cuenv_left="))
			strings_add(&run.arena, &list, *variables);
	strings_sort(&list);
	return strings_join(&run.arena, &list, "\n");
}

static void
gives_back_every_byte(void **state)
{
	static const struct toolkit *const steps[][5] = { { &a, NULL }, { &a, &b, NULL }, { &a, &a, &b, &a, NULL }, { &b, &debian, &a, NULL },
							  { &debian, NULL } };
	static const struct extras *const extras[] = { NULL, &runtime, &all };

	(void)state;
	for (size_t e = 0; e < sizeof(environments) / sizeof(environments[0]); e++)
		for (size_t s = 0; s < sizeof(steps) / sizeof(steps[0]); s++)
			for (size_t x = 0; x < 9; x++) {
				run.environ = environments[e];
				for (size_t i = 0; steps[s][i]; i++)
					become(steps[s][i], extras[i % 2 ? x % 3 : x / 3]);
				become(NULL, NULL);
				assert_string_equal(sorted(run.environ), sorted(environments[e]));
				for (char *const *at = run.environ; e != 7 && *at; at++)
					assert_false(str_starts(*at, "CUENV_"));
			}
}

static void
sets_all_together(void **state)
{
	static const char *const roots[] = { "CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT" };

	(void)state;
	run.environ = environments[0];
	become(&a, &all);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(value(roots[i]), a.root);
	assert_string_equal(value("CUDACXX"), a.nvcc);
	assert_string_equal(value("PATH"), "/opt/cuda-11.8/bin:/usr/bin:/bin");
	assert_string_equal(value("LD_LIBRARY_PATH"), "/opt/cuda-11.8/lib64:/opt/cuda-11.8/extra");
	assert_string_equal(value("CUDAHOSTCXX"), "/usr/bin/g++-11");
	assert_string_equal(value("CC"), "/usr/bin/gcc-11");
	assert_string_equal(value("CUDAARCHS"), "80;90");
	assert_null(value("CPATH"));
	assert_string_equal(activation_root(&run), a.root);
	become(&b, NULL);
	assert_string_equal(value("PATH"), "/opt/cuda 12.4/bin:/usr/bin:/bin");
	assert_null(value("LD_LIBRARY_PATH"));
	assert_null(value("CC"));
	become(&debian, NULL);
	assert_string_equal(value("PATH"), "/usr/bin:/bin");
	assert_string_equal(value("CUDA_HOME"), "/usr");
}

static void
keeps_what_the_user_did(void **state)
{
	(void)state;
	run.environ = environments[0];
	become(&a, NULL);
	put("PATH", "/mine:/opt/cuda-11.8/bin:/usr/bin:/bin:/late");
	put("CUDA_PATH", "/my/own");
	put("CUDACXX", NULL);
	become(NULL, NULL);
	assert_string_equal(value("PATH"), "/mine:/usr/bin:/bin:/late");
	assert_string_equal(value("CUDA_PATH"), "/my/own");
	assert_null(value("CUDACXX"));
	become(&a, NULL);
	put("CUDA_HOME", "/by/module");
	become(&b, NULL);
	become(NULL, NULL);
	assert_string_equal(value("CUDA_HOME"), "/by/module");
	assert_string_equal(value("CUDA_PATH"), "/my/own");
}

static void
notices_and_repairs_a_venv(void **state)
{
	(void)state;
	run.environ = environments[6];
	become(&a, NULL);
	assert_null(activation_drift(&run));
	assert_string_equal(value("_OLD_VIRTUAL_PATH"), "/opt/cuda-11.8/bin:/usr/bin");
	put("VIRTUAL_ENV", NULL);
	put("PATH", "/usr/bin");
	assert_non_null(strstr(activation_drift(&run), "PATH has lost /opt/cuda-11.8/bin"));
	become(&a, NULL);
	assert_null(activation_drift(&run));
	assert_string_equal(value("PATH"), "/opt/cuda-11.8/bin:/usr/bin");
	put("CUDA_HOME", "/conda");
	assert_non_null(strstr(activation_drift(&run), "CUDA_HOME is no longer"));
	put("VIRTUAL_ENV", "/v");
	put("_OLD_VIRTUAL_PATH", value("PATH"));
	put("PATH", "/v/bin:/opt/cuda-11.8/bin:/usr/bin");
	become(NULL, NULL);
	assert_string_equal(value("PATH"), "/v/bin:/usr/bin");
	assert_string_equal(value("_OLD_VIRTUAL_PATH"), "/usr/bin");
}

/* A restored PATH brings back what was taken out: noticed where the shell's function says what that was, and taken out once. */
static void
notices_what_came_back(void **state)
{
	(void)state;
	run.environ = environments[6];
	become(&a, NULL);
	become(&b, NULL);
	assert_string_equal(value("_cuenv_left"), "/opt/cuda-11.8/bin");
	put("PATH", "/opt/cuda-11.8/bin:/opt/cuda 12.4/bin:/usr/bin");
	assert_non_null(strstr(activation_drift(&run), "PATH has /opt/cuda-11.8/bin again"));
	become(&b, NULL);
	assert_null(activation_drift(&run));
	assert_string_equal(value("PATH"), "/opt/cuda 12.4/bin:/usr/bin");
	become(NULL, NULL);
	assert_string_equal(value("_cuenv_left"), "/opt/cuda-11.8/bin:/opt/cuda 12.4/bin");
	put("PATH", "/usr/bin:/opt/cuda-11.8/bin:/opt/cuda 12.4/bin");
	become(NULL, NULL);
	assert_string_equal(value("PATH"), "/usr/bin");
	become(&a, NULL);
	assert_string_equal(value("_cuenv_left"), "/opt/cuda 12.4/bin");
}

/* The user's own copy of it, which was there before, is none of that. */
static void
keeps_what_was_there_before(void **state)
{
	(void)state;
	run.environ = environments[3];
	put("_cuenv_left", "");
	become(&a, NULL);
	become(NULL, NULL);
	assert_string_equal(value("_cuenv_left"), "");
	assert_null(activation_drift(&run));
	assert_string_equal(value("PATH"), "/opt/cuda-11.8/bin:/usr/bin:/opt/cuda-11.8/bin");
}

static void
says_its_limits(void **state)
{
	static char *const modules[] = { "PATH=/usr/bin", "LOADEDMODULES=gcc/12:cuda/11.8", "CUDA_HOME=/m", NULL };
	struct strings said;

	(void)state;
	run.environ = environments[0];
	assert_int_equal(activation_limits(&run, &a).n, 0);
	said = activation_limits(&run, &debian);
	assert_non_null(strstr(said.item[0], "its nvcc is in /usr/bin with all other programs"));
	run.environ = modules;
	said = activation_limits(&run, &a);
	assert_int_equal(said.n, 1);
	assert_non_null(strstr(said.item[0], "the module cuda/11.8 is loaded"));
}

static void
refuses_what_no_list_can_hold(void **state)
{
	struct toolkit colon = { .root = "/opt/a:b", .nvcc = "/opt/a:b/bin/nvcc" };

	(void)state;
	run.environ = environments[0];
	assert_int_equal(activation_changes(&run, &colon, NULL).n, 0);
	assert_non_null(strstr(run.error, "cannot stand in PATH"));
	run.error = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_back_every_byte), cmocka_unit_test(sets_all_together),
		cmocka_unit_test(keeps_what_the_user_did), cmocka_unit_test(notices_and_repairs_a_venv),
		cmocka_unit_test(notices_what_came_back), cmocka_unit_test(keeps_what_was_there_before),
		cmocka_unit_test(says_its_limits), cmocka_unit_test(refuses_what_no_list_can_hold),
	};

	a.lib_dirs = (struct strings){ libraries, 3 };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
