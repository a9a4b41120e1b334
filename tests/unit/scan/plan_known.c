/* What a package gives its compilers, and what of it gets further. */
#define _GNU_SOURCE
#include "scan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"

static struct run run = { .root = "", .cwd = "/" };
static struct machine machine;
static char folder[] = "/tmp/cuenv-test.XXXXXX";

static struct scan_flags
flags_of(const char *text)
{
	struct scan_plan plan = { .machine = &machine, .dir = path_join(&run.arena, folder, "package") };
	struct plan_responses responses = { 0 };
	struct scan_flags flags = { .cuda = true };
	struct strings words = str_split(&run.arena, text, '|');

	plan_flags(&run, &plan, &words, 0, plan.dir, NULL, &responses, &flags, NULL);
	return flags;
}

static void
known(void **state)
{
	static const char *const words[] = { "-fopenmp", "-march=native", "-mavx512f", "-fvisibility=hidden", "-fPIC",
		"-ftemplate-depth-1024", "--expt-extended-lambda", "-rdc=true", "--ftz=false", "-mno-avx", "-stdlib=libc++" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_true(plan_known(words[i]));
		assert_int_equal(flags_of(words[i]).others.n, 1);
		assert_int_equal(flags_of(words[i]).left_out.n, 0);
	}
}

/* Each loads or runs code, writes a file, or has another program take part. */
static void
unknown(void **state)
{
	static const char *const words[] = { "-fplugin=/x.so", "-fplugin-arg-x-y=1", "-fpass-plugin=/x.so", "-B/x/", "-B|/x",
		"-specs=/x", "--specs=/x", "-wrapper|/x,--args", "-Xclang|-load", "-mllvm|-load=/x.so", "-fmodule-mapper=|/x",
		"-fmodule-mapper=/x", "-ccbin|/x", "-ccbin=/x", "--compiler-bindir=/x", "-run", "--run", "-run-args|x",
		"-fuse-ld=/x", "-fprofile-use=/x", "-fpreprocessed", "-include-pch|/x", "-imacros|/etc/hostname", "--sysroot=/x",
		"-fsanitize-blacklist=/x", "-fdump-tree-all=/x", "-dumpdir|/x", "-save-temps=/x", "-fopt-info-all=/x",
		"-Wp,-include,/x", "-Wa,-a=/x", "-Xpreprocessor|-include", "-Xassembler|-a=/x", "--config=/x", "-cxx-isystem",
		"-fmodule-file=/x", "-fmodules-cache-path=/x", "--gcc-toolchain=/x", "--libdevice-directory=/x", "-march=/x",
		"-fvisibility=../x", "-no-integrated-cpp", "--cuda-path=/x", "--nvptx-arch-tool=/x", "-fthinlto-index=/x",
		"-Xcompiler|-fplugin=/x.so", "-Xcompiler=-B/x", "-Xcompiler|-fPIC,-fplugin=/x.so", "--compiler-options|-specs=/x" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct scan_flags flags = flags_of(words[i]);

		if (strncmp(words[i], "-cxx", 4) == 0)	/* -c… changes no verdict: dropped, and not said */
			assert_int_equal(flags.left_out.n, 0);
		else if (flags.left_out.n != 1)
			fail_msg("%s is not left out", words[i]);
		for (size_t k = 0; k < flags.others.n; k++)
			assert_string_equal(flags.others.item[k], "-Xcompiler=-fPIC");
	}
}

/* Files of options, and headers that are forced in: those of the package; links and ".." lead out of it. */
static void
files(void **state)
{
	const char *package = path_join(&run.arena, folder, "package");
	struct scan_flags flags;

	(void)state;
	assert_true(world_write(&run, path_join(&run.arena, folder, "secret"), "-DSECRET -fsecret", 17));
	assert_true(world_write(&run, path_join(&run.arena, package, "own"), "-DOWN -fplugin=/x.so @../secret", 31));
	assert_true(world_write(&run, path_join(&run.arena, package, "own.h"), "", 0));
	assert_true(world_write(&run, path_join(&run.arena, package, "made.h"), "", 0));
	assert_true(world_write(&run, path_join(&run.arena, package, "made.h.gch"), "", 0));
	assert_int_equal(symlink("../secret", path_join(&run.arena, package, "link")), 0);
	flags = flags_of("@own|-optf|link|--options-file=/etc/hostname|-D|@own");
	assert_int_equal(flags.defines.n, 2);
	assert_string_equal(flags.defines.item[0], "OWN");
	assert_string_equal(flags.defines.item[1], "@own");	/* a bad macro, in one word with -D: no file */
	assert_int_equal(flags.left_out.n, 4);
	assert_string_equal(flags.left_out.item[1], "@../secret");
	assert_true(world_write(&run, path_join(&run.arena, package, "inc/there.h"), "", 0));
	assert_true(world_write(&run, path_join(&run.arena, package, "inc/there.h.pch"), "", 0));
	assert_int_equal(flags_of("-Iinc|-include|there.h").forced.n, 0);
	assert_int_equal(flags_of("-I..|-imacros|secret").macros.n, 0);
	flags = flags_of("-include|own.h|-include|cstdint|-include|torch/all.h|-include|link|-include|../secret|-include|/etc/hostname"
			 "|-include|made.h|-include|@own|-include|-x|-include|a/../../b|-include|/usr/include/stdio.h");
	assert_int_equal(flags.forced.n, access("/usr/include/stdio.h", R_OK) == 0 ? 4 : 3);
	assert_string_equal(flags.forced.item[0], path_join(&run.arena, package, "own.h"));
	assert_string_equal(flags.forced.item[1], "cstdint");
	assert_string_equal(flags.forced.item[2], "torch/all.h");
}

/* What nvcc may be given, whose shell reads it. */
static void
plain(void **state)
{
	static const char *const no[] = { "-DX=$(x)", "-DX=`x`", "a;b", "a&b", "a|b", "a>b", "a\nb", "a\\b", "/a'b.cu", "/a\"b.cu",
		"-DX=$X", "-I/a(b)" };
	static const char *const yes[] = { "-DX=1", "-DX=\"a b\"", "/a b/ü.cu", "-std=c++17", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(cxx_is_plain(no[i]));
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_true(cxx_is_plain(yes[i]));
}

static int
fresh(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
gone(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known), cmocka_unit_test(unknown), cmocka_unit_test(files), cmocka_unit_test(plain),
	};

	return cmocka_run_group_tests(tests, fresh, gone);
}
