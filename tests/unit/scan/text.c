#define _GNU_SOURCE
#include "scan/text.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"

/* A machine with CUDA 12.4 and torch 2.5.1, whose package is /pkg. */
static struct run run;
static struct toolkit toolkit = { .root = "/cuda", .version = { 3, { 12, 4, 131, 0 } } };
static struct torch torch = { .dir = "/torch", .version = "2.5.1+cu124", .cxx_std = 17 };
static struct machine machine = { .toolkit = &toolkit, .torch = &torch };
static struct scan_flags flags = { .cuda = true, .std = 17 };
static struct scan_unit unit = { "/pkg/a.cu", &flags };
static struct scan_plan plan = { .machine = &machine, .dir = "/pkg", .from = "a test" };

static const char *
host(const char *path)
{
	return str_format(&run.arena, "%s%s", run.root, path);
}

static void
put_bytes(const char *path, const char *text, size_t size)
{
	FILE *file;

	mkdir(path_parent(&run.arena, host(path)), 0755);
	file = fopen(host(path), "w");
	assert_non_null(file);
	fwrite(text, 1, size, file);
	fclose(file);
}

static void
put(const char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

static int
set_up(void **state)
{
	static char *nothing[] = { NULL };
	char folder[] = "/tmp/cuenv-text-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	run = (struct run){ .cwd = "/", .environ = nothing };
	run.root = str_copy(&run.arena, folder, strlen(folder));
	mkdir(host("/pkg"), 0755);
	mkdir(host("/cuda"), 0755);
	mkdir(host("/torch"), 0755);
	mkdir(host("/torch/include"), 0755);
	put("/cuda/include/cuda.h", "#define CUDA_VERSION 12040\n");
	put("/torch/include/torch/extension.h", "#pragma once\n#include <torch/all.h>\n");
	put("/torch/include/torch/all.h", "#ifndef ALL\n#define ALL\n#ifdef X\n#include <cuda.h>\n#endif\n#include <torch/version.h>\n#endif");
	put("/torch/include/torch/version.h", "");
	flags = (struct scan_flags){ .cuda = true, .std = 17 };
	strings_add(&run.arena, &flags.include_dirs, "/pkg/include");
	strings_add(&run.arena, &flags.system_dirs, "/torch/include");
	strings_add(&run.arena, &flags.system_dirs, "/cuda/include");
	toolkit.include_dirs = (struct strings){ 0 };
	strings_add(&run.arena, &toolkit.include_dirs, "/cuda/include");
	plan.texts = scan_texts(&run);
	return 0;
}

static int
drop(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	return nftw(run.root, drop, 16, FTW_DEPTH | FTW_PHYS);
}

static void
note(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	struct strings *seen = walk->context;

	(void)in;
	if (strlen(item->name->text) < 4)	/* of interest are x, y, z1 …: types and the like are longer */
		strings_add(&run.arena, seen, str_format(&run.arena, "%s%s", item->name->text, walk->active == YES ? "" : "?"));
}

/* The short words of /pkg/a.cu in their order, those that may not be there with a question mark. */
static const char *
words(const char *source)
{
	struct strings seen = { 0 };
	struct text_walk walk = { .run = &run, .plan = &plan, .unit = &unit, .context = &seen, .word = note };

	put("/pkg/a.cu", source);
	plan.texts = scan_texts(&run);
	assert_true(text_walk(&walk));
	return strings_join(&run.arena, &seen, " ");
}

static void
check(const char *source, const char *expected)
{
	assert_string_equal(words(source), expected);
}

static void
test_tokens(void **state)
{
	(void)state;
	check("a /* b */ c // d \\\n still\ne", "a c e");
	check("a /* never ends b c", "a");
	check("\"b\" a \"c \\\" d\" e 'f' '\\'' g L'h' u8\"i\" j", "a e g L u8 j");
	check("\"no end\na", "a");
	check("don't\na", "don a");
	check("R\"(b \" c)\" d u8R\"x(e )\" f )x\" g", "d g");
	check("R\"(never ends a b", "");
	check("1'000 a 0x1.8p+3 b 12abc c .5e-3f d", "a b c d");
	check("al\\\npha x", "x");
	check("x\\\ny z", "xy z");
	check("x /\\\n* c *\\\n/ y /\\\n/ d\nz", "x y z");
	check("%x:y;z", "x y z");
	check("", "");
	check("\\", "");
}

static void
test_nul_and_crlf(void **state)
{
	struct strings seen = { 0 };
	struct text_walk walk = { .run = &run, .plan = &plan, .unit = &unit, .context = &seen, .word = note };
	static const char text[] = "x\0y\r\n#if 0\r\nq\r\n#endif\r\nz \\\r\nw";

	(void)state;
	put_bytes("/pkg/a.cu", text, sizeof(text) - 1);
	assert_true(text_walk(&walk));
	assert_string_equal(strings_join(&run.arena, &seen, " "), "x y z w");
}

static void
test_conditions(void **state)
{
	(void)state;
	check("#if 0\na\n#else\nb\n#endif\nc", "b c");
	check("#if 1\na\n#elif 1\nb\n#else\nc\n#endif", "a");
	check("#if 0\na\n#elif X > 1\nb\n#else\nc\n#endif", "b? c?");
	check("#if 0\n#if 1\na\n#else\nb\n#endif\n#else\nc\n#endif", "c");
	check("#ifdef WIN32\na\n#endif\n#ifndef _MSC_VER\nb\n#endif\n#if defined(USE_ROCM)\nc\n#endif", "b");
	check("#ifdef FOO\na\n#endif\n#define FOO\n#ifdef FOO\nb\n#endif\n#undef FOO\n#ifdef FOO\nc\n#endif", "a? b");
	check("#define N 3\n#if N*2 == 6 && !(N & 4) && (N << 1) - 7 < 0\na\n#else\nb\n#endif", "a");
	check("#if 0x10 == 16L && 010 == 8 && 0b11 == 3 && 1'0 == 10u\na\n#endif\n#if 2 ? 0 : 1\nb\n#endif", "a");
	check("#if 1 / 0\na\n#endif\n#if (1\nb\n#endif\n#if\nc\n#endif\n#if 0 && FOO(1, (2))\nd\n#endif", "a? b? c?");
	check("#if FOO && 0\na\n#endif\n#if 1 || FOO\nb\n#endif\n#if !FOO\nc\n#endif", "b c?");
	check("#elif 1\na\n#else\nb\n#endif\n#endif\nc", "a b c");
	check("#if 1\na\n#if 0\nb", "a");
	check("#  if 0 // no\na\n# /* x */ else\nb\n#endif", "b");
	check("#if 0\n#elifdef X\na\n#elifndef X\nb\n#endif", "a? b?");
	check("#if 'a'\na\n#endif\n#if \"x\"\nb\n#endif", "a? b?");
}

static void
test_versions(void **state)
{
	(void)state;
	check("#if __CUDACC_VER_MAJOR__ >= 12\na\n#else\nb\n#endif", "a");
	check("#if CUDART_VERSION < 12000\na\n#else\nb\n#endif", "b");
	/* Without cuda.h CUDA_VERSION may be no macro at all, which counts as 0. */
	check("#if CUDA_VERSION >= 12000\na\n#else\nb\n#endif", "a? b?");
	check("#if CUDA_VERSION < 13000\na\n#else\nb\n#endif", "a");
	check("#include <cuda.h>\n#if CUDA_VERSION >= 12000\na\n#else\nb\n#endif", "a");
	check("#include <torch/extension.h>\n#if TORCH_VERSION_MAJOR >= 2 && TORCH_VERSION_MINOR > 4\na\n#else\nb\n#endif", "a");
	check("#if __cplusplus >= 201703L\na\n#else\nb\n#endif\n#ifdef __CUDACC__\nc\n#endif\n#ifdef __CUDA_ARCH__\nd\n#endif", "a c d?");
	flags.cuda = false;
	flags.std = 14;
	check("#if __cplusplus >= 201703L\na\n#else\nb\n#endif\n#ifdef __CUDACC__\nc\n#endif", "b");
	check("#if __CUDACC_VER_MAJOR__ >= 12\na\n#else\nb\n#endif", "b");
}

static void
test_flags(void **state)
{
	(void)state;
	strings_add(&run.arena, &flags.defines, "WITH_CUDA");
	strings_add(&run.arena, &flags.defines, "LEVEL=2");
	strings_add(&run.arena, &flags.defines, "F(x)=x");
	strings_add(&run.arena, &flags.undefines, "GONE");
	check("#ifdef WITH_CUDA\na\n#else\nb\n#endif\n#if LEVEL == 2\nc\n#endif\n#ifdef GONE\nd\n#endif\n#if F(1)\ne\n#endif", "a c e?");
}

static void
test_has_include(void **state)
{
	(void)state;
	put("/pkg/here.h", "");
	check("#if __has_include(\"here.h\")\na\n#endif\n#if __has_include(<here.h>)\nb\n#endif", "a b?");
	mkdir(host("/usr"), 0755);
	mkdir(host("/usr/include"), 0755);
	put("/usr/include/vector", "");
	check("#if defined(__has_include) && __has_include(<here.h>)\nb\n#else\nc\n#endif\n#if __has_include(X)\nd\n#endif", "c d?");
}

static void
test_macros(void **state)
{
	(void)state;
	/* A macro's words count where it is used. */
	check("#define CHECK(q) foo(q) \\\n  bar\n#define UNUSED zzz\na CHECK(b);\nCHECK(c)", "a foo q bar b c");
	check("#define AAAA BBBB x\n#define BBBB AAAA y\nAAAA", "y x");
	/* Endless, for those who expand; a condition that cannot be told. */
	check("#define AAAA BBBB\n#define BBBB AAAA\n#if AAAA\na\n#endif", "a?");
	check("#define AAAA AAAA + AAAA\n#if AAAA\na\n#endif", "a?");
	check("#define AAAA BBBB + BBBB\n#define BBBB AAAA + AAAA\n#if AAAA\na\n#endif", "a?");
	check("#ifndef DEFAULTED\n#define DEFAULTED 4\n#endif\n#if DEFAULTED == 4\na\n#endif", "a");
	check("#ifdef X1\n#define YYYY 1\n#endif\n#if YYYY\na\n#else\nb\n#endif", "a? b?");
	check("#define if\n#define error\n#pragma error\n#pragma if 0\na", "a");
}

static void
test_includes(void **state)
{
	struct strings own = { 0 }, others = { 0 };

	(void)state;
	put("/pkg/include/x.h", "#ifndef X_H\n#define X_H\n#include <vector>\n#include \"y.h\"\nx\n#endif\n");
	put("/pkg/include/y.h", "#pragma once\n#include \"x.h\"\n#include <ATen/ATen.h>\ny\n");
	check("#include <x.h>\n#include <x.h>\n#include \"y.h\"\na", "y x a");
	scan_text_closure(&run, &plan, &unit, &own, &others);
	assert_string_equal(strings_join(&run.arena, &own, " "), "/pkg/include/x.h /pkg/include/y.h");
	assert_string_equal(strings_join(&run.arena, &others, " "), "vector ATen/ATen.h");
	/* Under a condition first, and then without one: there for sure. */
	check("#ifdef SOME\n#include <x.h>\n#include <x.h>\n#endif\n#include <x.h>\na", "y? x? y x a");
	/* What is torch's is not walked, wherever it lies. */
	put("/torch/include/t.h", "z\n#error no\n");
	check("#include <t.h>\n#if 0\n#include <x.h>\n#endif\na", "a");
	check("#include NAME\n#include <\n#include \"\"\n#include\na", "a");
}

static void
test_loops(void **state)
{
	struct strings seen = { 0 };
	struct text_walk walk = { .run = &run, .plan = &plan, .unit = &unit, .context = &seen, .word = note };

	(void)state;
	put("/pkg/a.cu", "#include \"a.cu\"\nx");
	assert_true(text_walk(&walk));
	assert_non_null(strstr(walk.stopped, "200"));
	put("/pkg/a.cu", "#include \"b.h\"\n#include \"b.h\"\n");
	put("/pkg/b.h", "#include \"a.cu\"\n#include \"a.cu\"\n");
	plan.texts = scan_texts(&run);
	walk = (struct text_walk){ .run = &run, .plan = &plan, .unit = &unit };
	assert_true(text_walk(&walk));
	assert_non_null(walk.stopped);
}

static void
count(struct text_walk *walk, const struct text_file *file)
{
	strings_add(&run.arena, walk->context, str_format(&run.arena, "%s: %s", file->path, file->unread));
}

static void
test_unreadable(void **state)
{
	struct strings seen = { 0 };
	struct text_walk walk = { .run = &run, .plan = &plan, .unit = &unit, .context = &seen, .unread = count };
	static char large[5 << 20];

	(void)state;
	memset(large, '\n', sizeof(large));
	put("/pkg/a.cu", "#include \"fifo.h\"\n#include \"large.h\"\n#include \"fifo.h\"\n");
	put_bytes("/pkg/large.h", large, sizeof(large));
	assert_int_equal(mkfifo(host("/pkg/fifo.h"), 0644), 0);
	assert_true(text_walk(&walk));
	assert_string_equal(strings_join(&run.arena, &seen, "; "),
			    "/pkg/fifo.h: it is a FIFO; /pkg/large.h: only its first 4 MB were read");
	unlink(host("/pkg/a.cu"));
	assert_int_equal(mkfifo(host("/pkg/a.cu"), 0644), 0);
	plan.texts = scan_texts(&run);
	walk = (struct text_walk){ .run = &run, .plan = &plan, .unit = &unit };
	assert_false(text_walk(&walk));
	assert_string_equal(walk.stopped, "it is a FIFO");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tokens, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nul_and_crlf, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_conditions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_versions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_flags, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_has_include, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_macros, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_includes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_loops, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
