/* What compilers were seen to print, and the one cause that is said of it. */
#include "verify/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char *nothing[] = { NULL };
static struct run run = { .root = "/nowhere", .cwd = "/", .environ = nothing };
static struct compiler here[] = {
	{ .path = "/usr/bin/g++-13", .version = { 1, { 13 } } },
	{ .path = "/usr/bin/g++-11", .version = { 1, { 11 } } },
};
static const struct machine machine = { .compilers = { here, 2 } };
static const struct toolkit toolkit = { .root = "/opt/cuda", .version = { 3, { 11, 8, 89 } }, .gcc_max = 11,
					.clang_max = 14, .remedy = "ln -s libcudart.so.13 /opt/cuda/lib/libcudart.so" };
static const struct torch torch = { .version = "2.5.1+cu124", .origin = "PyPI wheel" };
static const struct python python = { .executable = "/venv/bin/python" };
static const struct wish wish = { 0 };

/* The only finding on this output. */
static struct finding
of(const char *step, const char *text, int status, bool *unsure)
{
	struct plan plan = { .machine = &machine, .toolkit = &toolkit, .torch = &torch, .python = &python, .wish = &wish,
			     .recipe = { .cxx_std = 17 },
			     .nvcc_host = { .path = "/usr/bin/g++-12", .version = { 2, { 12, 2 } } } };
	struct outcome outcome = { .status = status, .out = { "", 0 }, .err = { (char *)text, strlen(text) } };
	struct findings findings = { 0 };
	bool ignored = false;

	explain(&run, &plan, step, &outcome, "/tmp/log", &findings, unsure ? unsure : &ignored);
	assert_int_equal(findings.n, 1);
	assert_true(findings.item[0].severity == SEVERITY_FAIL);
	return findings.item[0];
}

static void
every_known_message_has_its_code(void **state)
{
	static const char *const rows[][3] = {
		{ "CE201", "/x/crt/host_config.h:132:2: error: #error -- unsupported GNU version! gcc versions later than 11 are not supported! The nvcc flag", "GCC ≤ 11" },
		{ "CE201", "host_config.h:151:2: error: -- unsupported clang version! clang version must be less than 15", "clang" },
		{ "CE203", "nvcc fatal   : Failed to preprocess host compiler properties.", "g++-12" },
		{ "CE103", "sh: 1: cicc: not found", "cicc" },
		{ "CE103", "sh: 1: /opt/cuda/nvvm/bin/cicc: not found", "cicc" },
		{ "CE103", "sh: 1: cudafe++: not found", "cudafe++" },
		{ "CE501", "nvcc fatal   : Unsupported gpu architecture 'compute_120'", "for compute_120" },
		{ "CE110", "nvcc fatal   : Value 'c++20' is not defined for option 'std'", "-std=c++20, which torch 2.5.1" },
		{ "CE109", "cpp_dialect.h:78:6: error: #error Thrust requires at least C++17. Define CCCL_IGNORE_DEPRECATED_CPP_DIALECT to suppress this message.", "C++17" },
		{ "CE305", "ATen.h:4:2: error: #error C++20 or later compatible compiler is required to use ATen.", "demands C++20" },
		{ "CE111", "mathcalls.h(79): error: exception specification is incompatible with that of previous function \"cospi\" (declared at line 2556)", "cospi" },
		{ "CE111", "mathcalls.h(206): error: exception specification is incompatible with that of previous function \"rsqrt\"", "2.42" },
		{ "CE204", "/usr/include/stdlib.h(141): error: identifier \"_Float32\" is undefined", "_Float32" },
		{ "CE204", "/usr/include/c++/11/bits/std_function.h:435:145: error: parameter packs not expanded with '...':", "std_function" },
		{ "CE304", "module.cpp:15:10: fatal error: Python.h: No such file or directory", "Python" },
		{ "CE102", "CUDAContextLight.h:7:10: fatal error: cusparse.h: No such file or directory\n    7 | #include", "toolkit's cusparse.h was" },
		{ "CE102", "<command-line>: fatal error: cuda_runtime.h: No such file or directory", "cuda_runtime.h" },
		{ "CE102", "x.h:1:1: fatal error: crt/host_config.h: No such file or directory", "crt/host_config.h" },
		{ "CE310", "x.cu:1:1: fatal error: THC/THC.h: No such file or directory", "THC/THC.h is gone" },
		{ "CE306", "x.cu:1:1: fatal error: torch/extension.h: No such file or directory", "torch/extension.h was" },
		{ "CE115", "x.cu:1:1: fatal error: thrust/complex.h: No such file or directory", "include/cccl" },
		{ "CE107", "/usr/bin/ld: cannot find -lcudart: No such file or directory", "libcudart" },
		{ "CE490", "/usr/bin/ld: cannot find -lc10_cuda: No such file or directory", "libc10_cuda.so" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct finding f = of("compiling scale.cu", rows[i][1], 1, NULL);

		if (strcmp(f.code, rows[i][0]) != 0 || !strstr(f.what, rows[i][2]))
			fail_msg("%s\n  is said to be %s: %s", rows[i][1], f.code, f.what);
		assert_non_null(f.remedy);
		assert_null(strchr(f.remedy, '{'));
		assert_int_equal(f.evidence.n, 1);
	}
}

static void
the_newest_accepted_compiler_is_named(void **state)
{
	struct finding f = of("x", "error: #error -- unsupported GNU version! gcc versions later than 11", 1, NULL);

	(void)state;
	assert_string_equal(f.remedy, "cuenv verify --cxx /usr/bin/g++-11");
}

/* PyPI's wheel is not named as it names itself. */
static void
the_same_torch_is_what_pip_has(void **state)
{
	(void)state;
	assert_non_null(strstr(of("linking", "/usr/bin/ld: cannot find -lc10_cuda: No such file or directory", 1, NULL).remedy,
			       "/venv/bin/python --force-reinstall torch==2.5.1"));
}

static void
trouble_of_the_machine_is_no_verdict(void **state)
{
	static const char *const rows[][2] = {
		{ "CE903", "/tmp/tmpxft.ii: No space left on device" },
		{ "CE902", "nvcc error   : 'cicc' died due to signal 9 (Kill signal)" },
		{ "CE902", "g++: fatal error: Killed signal terminated program cc1plus" },
	};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		bool unsure = false;

		assert_string_equal(of("x", rows[i][1], 1, &unsure).code, rows[i][0]);
		assert_true(unsure);
	}
}

static void
unknown_words_are_quoted_by_their_first_error(void **state)
{
	struct finding f = of("compiling scale.cu", "In file included from a.h:1:\nb.h:7:3: error: strange\nc.h:1: error: more", 1, NULL);

	(void)state;
	assert_string_equal(f.code, "CE491");
	assert_string_equal(f.what, "compiling scale.cu failed: b.h:7:3: error: strange");
	assert_string_equal(of("linking", "ld: undefined reference to `x'", 1, NULL).code, "CE492");
}

static void
nothing_said_is_said(void **state)
{
	bool unsure = false;

	(void)state;
	assert_string_equal(of("x", "\n", 0, &unsure).code, "CE104");
	assert_false(unsure);
	assert_string_equal(of("x", "", 137, &unsure).code, "CE902");
	assert_true(unsure);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_known_message_has_its_code),
		cmocka_unit_test(the_newest_accepted_compiler_is_named),
		cmocka_unit_test(the_same_torch_is_what_pip_has),
		cmocka_unit_test(trouble_of_the_machine_is_no_verdict),
		cmocka_unit_test(unknown_words_are_quoted_by_their_first_error),
		cmocka_unit_test(nothing_said_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
