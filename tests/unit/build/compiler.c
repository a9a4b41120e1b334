/* Which compiler a build takes, which it should take, and the variables that lead to it. */
#define _GNU_SOURCE
#include "../emit/root.h"

#include "base/path.h"
#include "build/compiler.h"

static struct compiler here[] = {
	{ "/usr/bin/g++-14", "/usr/bin/x86_64-linux-gnu-g++-14", false, { 3, { 14, 2, 0 } } },
	{ "/usr/bin/g++-12", "/usr/bin/x86_64-linux-gnu-g++-12", false, { 3, { 12, 2, 0 } } },
	{ "/usr/bin/g++-11", "/usr/bin/x86_64-linux-gnu-g++-11", false, { 3, { 11, 3, 0 } } },
	{ "/usr/bin/clang++-14", "/usr/bin/clang-14", true, { 3, { 14, 0, 6 } } },
	{ "/usr/bin/clang++", "/usr/bin/clang-odd", true, { 0, { 0 } } },
};
static struct torch cuda_torch = { .version = "2.5.1", .cuda = { 2, { 11, 8 } } };
static struct machine machine = { .compilers = { here, 5 } };
static struct toolkit toolkit = { .root = "/cuda", .nvcc = "/cuda/bin/nvcc", .version = { 2, { 11, 8 } } };

static void
new_machine(char *const *variables)
{
	static const char *const files[] = {
		"/usr/bin/x86_64-linux-gnu-g++-14", "/usr/bin/x86_64-linux-gnu-g++-12", "/usr/bin/x86_64-linux-gnu-g++-11",
		"/usr/bin/gcc-14", "/usr/bin/gcc-11", "/usr/bin/clang-14", "/usr/bin/clang-odd", "/usr/bin/ccache", "/cuda/bin/nvcc",
	};

	new_root(variables);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		put(files[i], "", 0755);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(symlink(here[i].real, str_format(&run.arena, "%s%s", run.root, here[i].path)), 0);
	assert_int_equal(symlink("g++-12", str_format(&run.arena, "%s/usr/bin/c++", run.root)), 0);
	machine.torch = NULL;
	toolkit.version = (struct version){ 2, { 11, 8 } };
}

static const char *
chosen(int gcc_max, int clang_max)
{
	struct compiler_choice choice;

	toolkit.gcc_max = gcc_max;
	toolkit.clang_max = clang_max;
	choice = compiler_here(&run, &machine, &toolkit);
	return choice.compiler ? choice.compiler->path : "none";
}

static void
default_or_newest(void **state)
{
	static char *variables[] = { "PATH=/usr/bin", NULL };

	(void)state;
	new_machine(variables);
	assert_string_equal(chosen(13, 17), "/usr/bin/g++-12");
	assert_string_equal(chosen(0, 0), "/usr/bin/g++-12");
	assert_string_equal(chosen(11, 14), "/usr/bin/g++-11");
	assert_string_equal(chosen(10, 14), "/usr/bin/clang++-14");
	assert_string_equal(chosen(10, 11), "none");	/* and not clang++, whose version no file tells */
	toolkit.version = (struct version){ 2, { 11, 5 } };
	assert_string_equal(chosen(11, 14), "/usr/bin/clang++-14");	/* nvcc 11.5 takes GCC 11 and cannot read its headers */
	assert_string_equal(chosen(11, 11), "/usr/bin/g++-11");
	remove_root();
}

static void
named(void **state)
{
	static char *cxx[] = { "PATH=/usr/bin", "CXX=g++-14", NULL }, *front[] = { "PATH=/usr/bin", "CXX=ccache g++-11 -B/x", NULL };
	static char *odd[] = { "PATH=/usr/bin", "CXX=clang++", NULL }, *cc[] = { "PATH=/usr/bin", "CC=gcc-11", NULL };
	static char *host[] = { "PATH=/usr/bin", "CXX=g++-12", "CUDACXX=nvcc -ccbin g++-11", NULL };
	struct compiler_choice choice;

	(void)state;
	new_machine(cxx);
	toolkit.version = (struct version){ 2, { 12, 4 } };
	assert_string_equal(chosen(15, 0), "/usr/bin/g++-14");
	assert_string_equal(chosen(13, 0), "/usr/bin/g++-12");	/* named, but beyond the bound */
	choice = compiler_here(&run, &machine, &toolkit);
	assert_string_equal(choice.refused.from, "CXX");
	assert_string_equal(compiler_bound(&run, &machine, &toolkit, false, &choice.refused.compiler->version),
			    "CUDA 12.4 accepts GCC ≤ 13");
	run.environ = front;
	assert_string_equal(chosen(13, 0), "/usr/bin/g++-11");
	assert_string_equal(compiler_variables(&run, &machine, &toolkit, &here[2]).cxx, "ccache g++-11 -B/x");
	assert_string_equal(compiler_variables(&run, &machine, &toolkit, &here[2]).host, "/usr/bin/g++-11");
	assert_string_equal(compiler_variables(&run, &machine, &toolkit, &here[1]).cxx, "/usr/bin/g++-12");
	run.environ = odd;
	assert_string_equal(chosen(13, 15), "/usr/bin/clang++");	/* by the user's word */
	run.environ = cc;
	assert_string_equal(chosen(13, 0), "/usr/bin/g++-11");
	run.environ = host;
	assert_string_equal(chosen(13, 0), "/usr/bin/g++-11");
	remove_root();
}

static const char *
behind_nvcc(char *const *variables)
{
	struct resolved_compiler nvcc;

	run.environ = variables;
	nvcc = compiler_nvcc(&run, &machine, &toolkit);
	return str_format(&run.arena, "%s %s", nvcc.from, nvcc.compiler ? path_name(nvcc.compiler->path) : "?");
}

/* The order that nvcc 11.8, 12.4 and 13.0 have, and torch's CC between. */
static void
order_of_nvcc(void **state)
{
	static char *all[] = { "PATH=/usr/bin", "NVCC_PREPEND_FLAGS=-O1 -ccbin g++-14 -ccbin=g++-12", "NVCC_CCBIN=g++-11", "CC=gcc-14",
			       "NVCC_APPEND_FLAGS=--compiler-bindir clang++-14", NULL };
	static char *two[] = { "PATH=/usr/bin", "NVCC_PREPEND_FLAGS=-ccbin g++-12", "NVCC_CCBIN=g++-11", "CC=gcc-14", NULL };
	static char *last[] = { "PATH=/usr/bin", "NVCC_CCBIN=g++-11", NULL };

	(void)state;
	new_machine(all);
	assert_string_equal(behind_nvcc(all), "NVCC_APPEND_FLAGS clang++-14");
	assert_string_equal(behind_nvcc(two), "NVCC_PREPEND_FLAGS g++-12");
	machine.torch = &cuda_torch;
	assert_string_equal(behind_nvcc(two), "CC g++-14");
	machine.torch = NULL;
	assert_string_equal(behind_nvcc(last), "the default ?");	/* 11.8 does not read it; and there is no gcc here */
	toolkit.version = (struct version){ 2, { 13, 0 } };
	assert_string_equal(behind_nvcc(last), "NVCC_CCBIN g++-11");
	toolkit.version = (struct version){ 2, { 11, 8 } };
	put("/cuda/bin/gcc", "", 0755);
	assert_true(str_starts(behind_nvcc(last), "beside nvcc"));
	put("/cuda/bin/nvcc.profile", "compiler-bindir = /own\n", 0644);
	assert_true(str_starts(behind_nvcc(last), "nvcc.profile"));
	remove_root();
}

static void
variables_keep_words(void **state)
{
	static char *words[] = { "PATH=/usr/bin", "NVCC_PREPEND_FLAGS=-O1 -ccbin g++-14 -lineinfo", "CC=ccache gcc-11",
				 "NVCC_APPEND_FLAGS=-ccbin=g++-14", NULL };
	struct compiler_variables v;

	(void)state;
	new_machine(words);
	v = compiler_variables(&run, &machine, &toolkit, &here[2]);
	assert_string_equal(v.prepend, "-ccbin /usr/bin/gcc-11 -O1 -lineinfo");
	assert_string_equal(v.append, "-ccbin /usr/bin/gcc-11");
	assert_string_equal(v.cc, "ccache gcc-11");
	assert_string_equal(compiler_variables(&run, &machine, &toolkit, &here[1]).cc, "/usr/bin/g++-12");	/* no gcc-12 is here */
	machine.torch = &cuda_torch;
	assert_string_equal(compiler_variables(&run, &machine, &toolkit, &here[2]).cc, "/usr/bin/gcc-11");	/* torch's -ccbin */
	machine.torch = NULL;
	run.environ = words + 4;
	assert_string_equal(compiler_export(&run, &machine, &toolkit, &here[2]), "export NVCC_PREPEND_FLAGS='-ccbin /usr/bin/gcc-11'");
	toolkit.version = (struct version){ 2, { 13, 0 } };
	assert_null(compiler_variables(&run, &machine, &toolkit, &here[2]).prepend);
	assert_string_equal(compiler_export(&run, &machine, &toolkit, &here[2]), "export NVCC_CCBIN=/usr/bin/g++-11");
	remove_root();
}

static void
torchs_headers(void **state)
{
	static char *variables[] = { "PATH=/usr/bin", NULL };

	(void)state;
	new_machine(variables);
	toolkit.version = (struct version){ 2, { 12, 4 } };
	cuda_torch.gcc_min = 13;
	machine.torch = &cuda_torch;
	assert_string_equal(chosen(14, 0), "/usr/bin/g++-14");
	assert_int_equal(compiler_fit(&machine, &toolkit, false, &here[1].version), COMPILER_TOO_OLD);
	assert_string_equal(compiler_bound(&run, &machine, &toolkit, false, &here[1].version),
			    "the headers of torch 2.5.1 demand GCC ≥ 13");
	cuda_torch.gcc_min = 0;
	remove_root();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_or_newest), cmocka_unit_test(named), cmocka_unit_test(order_of_nvcc),
		cmocka_unit_test(variables_keep_words), cmocka_unit_test(torchs_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
