/* A small torch, a small Python and modules that fit or do not, made of C with the symbols' real names. */
#define _GNU_SOURCE
#include "verify/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/world.h"
#include "verify/judge_parts.h"

#define CHECK "_ZN3c106detail14torchCheckFailEPKcS2_jRK"
#define NEW_STRING "NSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
#define OLD_CHECK CHECK "Ss"
#define NEW_CHECK CHECK NEW_STRING
#define SET_DEVICE "_ZN3c104cuda9SetDeviceE"
#define LIBS "-L%s/torch -lc10 -lc10_cuda"

static char *environment[] = { NULL };
static struct run run = { .root = "", .cwd = "/", .environ = environment };
static char dir[64];
static struct facts facts;
static struct findings findings;

static void
shell(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

/* Text with %s becomes one with the folder. */
static const char *
here(const char *text)
{
	const char *at = strstr(text, "%s");

	return at ? str_format(&run.arena, "%.*s%s%s", (int)(at - text), text, dir, at + 2) : text;
}

/* C that defines functions of these names, or calls them. */
static const char *
with_names(const char *names, bool define)
{
	struct strings list = str_split(&run.arena, names, ' ');
	const char *text = "", *calls = "";

	for (size_t i = 0; i < list.n && names[0]; i++) {
		text = str_format(&run.arena, "%sint f%zu(void) __asm__(\"%s\");%s", text, i, list.item[i],
				  define ? str_format(&run.arena, "int f%zu(void) { return %zu; }\n", i, i) : "\n");
		calls = str_format(&run.arena, "%sf%zu() + ", calls, i);
	}
	return define ? text : str_format(&run.arena, "%sint PyInit_m(void) { return %s0; }\n", text, calls);
}

static const char *
compile(const char *name, const char *text, const char *options)
{
	const char *source = str_format(&run.arena, "%s/source.c", dir), *path = str_format(&run.arena, "%s/%s", dir, name);

	assert_true(world_write(&run, source, text, strlen(text)));
	shell(str_format(&run.arena, "cc -w -fPIC -Wl,--no-as-needed -Wl,--allow-shlib-undefined -o %s %s %s", path,
			 source, here(options)));
	return path;
}

static const char *
library(const char *name, const char *exports, const char *options)
{
	return compile(name, with_names(exports, true), str_format(&run.arena,
		       "-shared -Wl,--disable-new-dtags,-rpath,'$ORIGIN' -Wl,-soname,%s %s", strrchr(name, '/') + 1,
		       here(options)));
}

static const char *
versioned(const char *name, const char *exports, const char *map)
{
	const char *file = str_format(&run.arena, "%s/map", dir);

	assert_true(world_write(&run, file, map, strlen(map)));
	return library(name, exports, "-Wl,--version-script=%s/map");
}

static const char *
module(const char *text, const char *options)
{
	return compile("m.so", text, str_format(&run.arena, "-shared %s", here(options)));
}

static void
make_torch(const char *check)
{
	versioned("torch/libstdc++.so.6", "_Znwm newer", "GLIBCXX_3.4.30 { _Znwm; }; GLIBCXX_3.4.32 { newer; };");
	versioned("torch/libcudart.so.12", "cudaMalloc", "libcudart.so.12 { *; };");
	library("torch/libcublas.so.12", "cublasCreate", "");
	library("torch/libc10.so", str_format(&run.arena, "%s _ZN3c105ErrorD1Ev", check), "%s/torch/libstdc++.so.6");
	library("torch/libc10_cuda.so", SET_DEVICE "a", "-L%s/torch -lc10 -l:libcudart.so.12");
	library("torch/libtorch_cpu.so", "_ZN2at4onesEv", "-L%s/torch -lc10");
	library("torch/libtorch_python.so", "_Z16THPVariable_WrapN2at10TensorBaseE",
		"-L%s/torch -lc10_cuda -ltorch_cpu -l:libcublas.so.12");
	library("torch/libtorch_global_deps.so", "", "-L%s/torch -l:libcudart.so.12");
	library("torch/libcudart.so.99", "cudaMalloc", "");	/* no real one: ld.so.cache may have those */
	compile("python", str_format(&run.arena, "%sint main(void) { return 0; }", with_names("PyModule_Create2", true)),
		"-rdynamic");
}

static struct torch torch;
static struct python python;

static void
judge(const char *path, const char *archs)
{
	struct judging judging = { .module = path, .torch = &torch, .python = &python };

	if (archs)
		judging.archs = str_split(&run.arena, archs, ' ');
	facts = (struct facts){ 0 };
	findings = (struct findings){ 0 };
	assert_true(judge_module(&run, &judging, &facts, &findings));
	assert_null(run.error);
}

static const char *
fact(const char *name)
{
	for (size_t i = 0; i < facts.n; i++)
		if (strcmp(facts.item[i].name, name) == 0)
			return facts.item[i].value;
	return NULL;
}

/* The one finding there is. */
static const struct finding *
only(const char *code)
{
	for (size_t i = 0; i < findings.n; i++)
		if (findings.n > 1 || strcmp(findings.item[i].code, code))
			print_error("%s %s\n", findings.item[i].code, findings.item[i].what);
	assert_int_equal(findings.n, 1);
	assert_string_equal(findings.item[0].code, code);
	assert_int_equal(findings.item[0].severity, SEVERITY_FAIL);
	assert_non_null(findings.item[0].remedy);
	assert_true(findings.item[0].evidence.n > 0);
	return &findings.item[0];
}

static bool
shows(const struct finding *finding, const char *text)
{
	for (size_t i = 0; i < finding->evidence.n; i++)
		if (strstr(finding->evidence.item[i], text))
			return true;
	return false;
}

static const char fatbin[] =
	"__attribute__((section(\".nv_fatbin\"), used)) static const struct { unsigned magic; unsigned short version, size;"
	"unsigned long all; struct { unsigned short kind, version; unsigned head; unsigned long size; unsigned a, b, c, arch,"
	" d, e; unsigned long flags, f, g; } entry[2]; } gpu = { 0xba55ed50, 1, 16, 128, { { 2, 0, 64, 0, 0, 0, 0, 80 },"
	" { 1, 0, 64, 0, 0, 0, 0, 90 } } };\n";

/* What a module of g++ has beside plain functions: weak, TLS, IFUNC, unique; and symbols of the C library. */
static const char oddities[] =
	"extern int maybe(void) __attribute__((weak)); int use_maybe(void) { return maybe ? maybe() : 0; }"
	"extern void __gmon_start__(void) __attribute__((weak)); __thread int of_thread = 1;"
	"static int chosen(void) { return 1; } static void *choose(void) { return chosen; }"
	"int indirect(void) __attribute__((ifunc(\"choose\"))); int use_indirect(void) { return indirect() + of_thread; }"
	"extern int errno_of(void); int printf(const char *, ...); int say(void) { return printf(\"x\"); }"
	"__asm__(\".globl unique\\n.type unique, %gnu_unique_object\\n.data\\nunique: .long 1\\n.size unique, 4\\n.text\");\n";

static void
healthy(void **state)
{
	(void)state;
	judge(module(str_format(&run.arena, "%s%s%s", fatbin, oddities,
				with_names(OLD_CHECK " cudaMalloc PyModule_Create2 _Znwm _ZN3c105ErrorD1Ev", false)),
		     LIBS " -l:libcudart.so.12 -l:libstdc++.so.6"), "sm_80 compute_90");
	for (size_t i = 0; i < findings.n; i++)
		print_error("%s %s\n", findings.item[i].code, findings.item[i].what);
	assert_int_equal(findings.n, 0);
	assert_true(str_starts(fact("cudart"), "libcudart.so.12, the one that torch loads"));
	assert_true(str_starts(fact("std::string"), "_GLIBCXX_USE_CXX11_ABI=0 on both sides"));
	assert_true(str_starts(fact("libstdc++"), "GLIBCXX_3.4.30 needed, "));
	assert_non_null(strstr(fact("libc"), "GLIBC_2."));
	assert_true(str_starts(fact("symbols"), "all "));
	assert_string_equal(fact("GPU code"), "sm_80, compute_90");
}

static void
names_the_string_abi_and_nothing_else(void **state)
{
	const struct finding *finding;

	(void)state;
	judge(module(with_names(NEW_CHECK " _ZN3c105ErrorC2ENS_14SourceLocationE" NEW_STRING
				" _ZN5torch3jit4loadERK" NEW_STRING, false), LIBS), NULL);
	finding = only("CE407");
	assert_non_null(strstr(finding->what, "_GLIBCXX_USE_CXX11_ABI=1 and torch with 0"));
	assert_true(shows(finding, "needs c10::detail::torchCheckFail"));
	assert_true(shows(finding, "libc10.so: has " OLD_CHECK));
	assert_string_equal(finding->remedy, "-D_GLIBCXX_USE_CXX11_ABI=0 is for all of it, as torch's own build gives it: "
			    "in the folder of its sources: cuenv exec torch --build -- python3 -m pip install --force-reinstall "
			    "--no-deps --no-cache-dir --no-build-isolation .");
	assert_null(fact("symbols"));

	make_torch(NEW_CHECK);
	judge(module(with_names(OLD_CHECK " _ZN3c105ErrorC2ENS_14SourceLocationESs", false), LIBS), NULL);
	assert_non_null(strstr(only("CE407")->what, "_GLIBCXX_USE_CXX11_ABI=0 and torch with 1"));
	make_torch(OLD_CHECK);
}

static void
refuses_two_cuda_runtimes(void **state)
{
	const struct finding *finding;

	(void)state;
	judge(module(with_names("cudaMalloc", false), LIBS " -l:libcudart.so.99 -Wl,-rpath,%s/torch"), NULL);
	finding = only("CE401");
	assert_true(shows(finding, "needs libcudart.so.99") && shows(finding, "needs libcudart.so.12"));
	assert_true(shows(finding, "found by the module's search path"));
	assert_string_equal(finding->remedy, "cuenv verify --toolkit 12");

	judge(module(with_names("cudaMalloc", false), LIBS " -l:libcudart.so.99"), NULL);
	assert_true(shows(only("CE401"), "in no place that the loader looks"));
}

static void
takes_a_hashed_name_for_its_major(void **state)
{
	const char *path = module(with_names("cudaMalloc", false), LIBS " -l:libcudart.so.12");

	(void)state;
	torch.cudart_soname = "libcudart-e409450e.so.12.0";
	judge(path, NULL);
	assert_int_equal(findings.n, 0);
	torch.cudart_soname = "libcudart-e409450e.so.11.0";
	judge(path, NULL);
	only("CE401");
	torch.cudart_soname = "libcudart.so.12";
}

static void
tells_a_static_runtime(void **state)
{
	(void)state;
	judge(module(str_format(&run.arena, "%s%s", fatbin, with_names("_ZN3c105ErrorD1Ev", false)), LIBS), "sm_80");
	assert_int_equal(findings.n, 0);
	assert_non_null(strstr(fact("cudart"), "statically"));
	judge(module(with_names("_ZN3c105ErrorD1Ev", false), LIBS), NULL);
	assert_string_equal(fact("cudart"), "not needed");
}

static void
refuses_cuda_beside_a_cpu_torch(void **state)
{
	struct torch cpu = { .dir = dir, .version = "2.5.1", .cxx11_abi = 0, .lib_dir = str_format(&run.arena, "%s/cpu", dir) };
	struct torch before = torch;

	(void)state;
	shell(here("mkdir -p %s/cpu"));
	library("cpu/libc10.so", OLD_CHECK, "");
	library("cpu/libtorch_python.so", "", "-L%s/cpu -lc10");
	library("cpu/libtorch_global_deps.so", "", "");
	torch = cpu;
	judge(module(with_names(OLD_CHECK, false), "-L%s/cpu -lc10 -L%s/torch -l:libcudart.so.12"), NULL);
	only("CE402");
	judge(module(with_names(OLD_CHECK, false), "-L%s/cpu -lc10"), NULL);
	assert_int_equal(findings.n, 0);
	torch = before;
}

static void
names_libraries_that_are_nowhere(void **state)
{
	const struct finding *finding;

	(void)state;
	shell(here("mkdir -p %s/other"));
	library("other/libcublas.so.11", "cublasCreate_v2", "");
	library("other/libmine.so.4", "mine", "");
	judge(module(with_names("cublasCreate_v2", false), "-L%s/other -l:libcublas.so.11"), NULL);
	finding = only("CE403");
	assert_non_null(strstr(finding->what, "torch loads libcublas.so.12"));
	assert_string_equal(finding->remedy, "cuenv verify --toolkit 12");

	judge(module(with_names("mine", false), "-L%s/other -l:libmine.so.4"), NULL);
	assert_true(shows(only("CE403"), "needs libmine.so.4"));
	judge(module(with_names("mine", false), "-L%s/other -l:libmine.so.4 -Wl,-rpath,'$ORIGIN/other'"), NULL);
	assert_int_equal(findings.n, 0);
}

/* As ld.so does: a library for another machine is no library. */
static void
passes_over_other_machines(void **state)
{
	const char *path = str_format(&run.arena, "%s/foreign/libmine.so.4", dir);
	struct blob blob;

	(void)state;
	shell(here("mkdir -p %s/foreign"));
	library("other/libmine.so.4", "mine", "");
	assert_true(world_read(&run, str_format(&run.arena, "%s/other/libmine.so.4", dir), 1 << 20, &blob));
	blob.data[18] ^= 1;	/* e_machine */
	assert_true(world_write(&run, path, blob.data, blob.size));
	judge(module(with_names("mine", false), "-L%s/other -l:libmine.so.4 -Wl,-rpath,'$ORIGIN/foreign:$ORIGIN/other'"), NULL);
	assert_int_equal(findings.n, 0);
	judge(module(with_names("mine", false), "-L%s/other -l:libmine.so.4 -Wl,-rpath,'$ORIGIN/foreign'"), NULL);
	only("CE403");
}

static void
tells_a_library_that_is_not_linked(void **state)
{
	const struct finding *finding;

	(void)state;
	judge(module(with_names("_Z16THPVariable_WrapN2at10TensorBaseE", false), LIBS), NULL);
	finding = only("CE408");
	assert_true(shows(finding, "libtorch_python.so: has it"));
	assert_string_equal(finding->remedy, "export LDFLAGS='-Wl,--no-as-needed -ltorch_python', then in the folder of its sources: "
			    "cuenv exec torch --build -- python3 -m pip install --force-reinstall --no-deps --no-cache-dir "
			    "--no-build-isolation .");
}

static void
tells_another_torch_and_another_python(void **state)
{
	const struct finding *finding;

	(void)state;
	judge(module(with_names(SET_DEVICE "i", false), LIBS), NULL);
	finding = only("CE412");
	assert_true(shows(finding, "needs c10::cuda::SetDevice"));
	assert_true(shows(finding, "has " SET_DEVICE "a"));

	judge(module(with_names("PyNothing_New", false), LIBS), NULL);
	assert_non_null(strstr(only("CE409")->what, "cp311"));

	python.real = "/etc/passwd";	/* not a program: nothing can be said about Python's symbols */
	judge(module(with_names("PyModule_Create2", false), LIBS), NULL);
	assert_int_equal(findings.n, 0);
	python.real = str_format(&run.arena, "%s/python", dir);
}

static void
compares_versions(void **state)
{
	const char *path = module(with_names("_Znwm newer", false), LIBS " -l:libstdc++.so.6");
	const struct finding *finding;

	(void)state;
	judge(path, NULL);
	assert_int_equal(findings.n, 0);
	versioned("torch/libstdc++.so.6", "_Znwm", "GLIBCXX_3.4.29 { nothing; }; GLIBCXX_3.4.30 { _Znwm; };");
	judge(path, NULL);
	finding = only("CE405");
	assert_non_null(strstr(finding->what, "needs GLIBCXX_3.4.32 of libstdc++.so.6"));
	assert_true(shows(finding, "ends at GLIBCXX_3.4.30"));
	assert_non_null(strstr(finding->remedy, "g++-12"));
	make_torch(OLD_CHECK);
}

static void
compares_archs(void **state)
{
	const char *path = module(str_format(&run.arena, "%s%s", fatbin, with_names("", false)), LIBS);

	(void)state;
	judge(path, "sm_86 sm_100");	/* 8.0 runs on 8.6; PTX of 9.0 is compiled for 10.0 */
	assert_int_equal(findings.n, 0);
	assert_string_equal(fact("GPU code"), "sm_86 by sm_80, sm_100 by compute_90");
	judge(path, "sm_80 sm_75");
	assert_non_null(strstr(only("CE410")->what, "sm_75"));
	assert_string_equal(only("CE410")->remedy, "cuenv exec torch --build --arch '8.0;7.5' -- CMD…");
	judge(path, "sm_90a");
	only("CE410");
	judge(path, "compute_80");
	only("CE410");
	judge(module(with_names("", false), LIBS), "sm_80");
	assert_true(shows(only("CE410"), "no .nv_fatbin"));
}

static void
refuses_what_is_no_module(void **state)
{
	struct judging judging = { .module = here("%s/source.c"), .torch = &torch, .python = &python };

	(void)state;
	assert_false(judge_module(&run, &judging, &facts, &findings));
	assert_non_null(strstr(run.error, "source.c"));
	run.error = NULL;
}

static void
reads_names(void **state)
{
	(void)state;
	assert_string_equal(name_plain(&run.arena, OLD_CHECK, NULL), "c10::detail::torchCheckFail");
	assert_string_equal(name_plain(&run.arena, "_ZNK3c105Error4whatEv", NULL), "c10::Error::what");
	assert_string_equal(name_plain(&run.arena, "_ZN3c105ErrorC2ENS_14SourceLocationESs", NULL), "c10::Error::Error");
	assert_string_equal(name_plain(&run.arena, "_ZN3c105ErrorD1Ev", NULL), "c10::Error::~Error");
	assert_string_equal(name_plain(&run.arena, "_ZTIN3c105ErrorE", NULL), "type of c10::Error");
	assert_string_equal(name_plain(&run.arena, "_Z16THPVariable_WrapN2at10TensorBaseE", NULL), "THPVariable_Wrap");
	assert_null(name_plain(&run.arena, "cudaMalloc", NULL));
	assert_null(name_plain(&run.arena, "_Z", NULL));
	assert_null(name_plain(&run.arena, "_ZN99999999999999999999c10E", NULL));
	assert_int_equal(name_string_abi(OLD_CHECK), 0);
	assert_int_equal(name_string_abi(NEW_CHECK), 1);
	assert_int_equal(name_string_abi("_ZN3c103fooB5cxx11Ev"), 1);
	assert_int_equal(name_string_abi("_ZN2at6SsssssEv"), -1);	/* an identifier */
	assert_int_equal(name_string_abi("_ZN3c102S2ERKS_SsS0_"), 0);
	assert_int_equal(name_string_abi("Ss"), -1);
	assert_int_equal(name_major("libcudart.so.12"), 12);
	assert_int_equal(name_major("libcudart-e409450e.so.11.0"), 11);
	assert_int_equal(name_major("libcudart.so"), 0);
}

static int
make_world(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/cuenv-judge-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	shell(here("mkdir %s/torch"));
	torch = (struct torch){ .dir = dir, .version = "2.5.1+cu124", .cuda = { 2, { 12, 4 } }, .cxx11_abi = 0,
				.cudart_soname = "libcudart.so.12", .lib_dir = str_format(&run.arena, "%s/torch", dir) };
	python = (struct python){ .executable = "python3", .real = str_format(&run.arena, "%s/python", dir), .tag = "cp311" };
	strings_add(&run.arena, &python.site_dirs, dir);
	assert_int_equal(mkdir(str_format(&run.arena, "%s/pip", dir), 0700), 0);
	make_torch(OLD_CHECK);
	return 0;
}

static int
remove_world(void **state)
{
	(void)state;
	return system(here("rm -r %s"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(healthy),
		cmocka_unit_test(names_the_string_abi_and_nothing_else),
		cmocka_unit_test(refuses_two_cuda_runtimes),
		cmocka_unit_test(takes_a_hashed_name_for_its_major),
		cmocka_unit_test(tells_a_static_runtime),
		cmocka_unit_test(refuses_cuda_beside_a_cpu_torch),
		cmocka_unit_test(names_libraries_that_are_nowhere),
		cmocka_unit_test(passes_over_other_machines),
		cmocka_unit_test(tells_a_library_that_is_not_linked),
		cmocka_unit_test(tells_another_torch_and_another_python),
		cmocka_unit_test(compares_versions),
		cmocka_unit_test(compares_archs),
		cmocka_unit_test(refuses_what_is_no_module),
		cmocka_unit_test(reads_names),
	};

	return cmocka_run_group_tests(tests, make_world, remove_world);
}
