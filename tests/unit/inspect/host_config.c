#define _GNU_SOURCE
#include "inspect/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static struct run run = { .root = "" };
static char folder[] = "/tmp/cuenv-host-config-XXXXXX";

static const char *
write_header(const char *text, size_t size)
{
	const char *path = str_format(&run.arena, "%s/host_config.h", folder);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, size, file), size);
	fclose(file);
	return path;
}

static void
expect_file(const char *path, int gcc, int clang)
{
	int gcc_max = -1, clang_max = -1;

	inspect_host_config(&run, path, &gcc_max, &clang_max);
	assert_int_equal(gcc_max, gcc);
	assert_int_equal(clang_max, clang);
	assert_null(run.error);
}

static void
expect(const char *text, int gcc, int clang)
{
	expect_file(write_header(text, strlen(text)), gcc, clang);
}

#define CLANG(n) "(__clang_major__ >= " #n ") || (__clang_major__ < 3) || ((__clang_major__ == 3) &&  (__clang_minor__ < 3))"
#define GENERIC "#if defined(__clang__) && !defined(__ibmxl_vrm__) && !defined(__ICC) && !defined(__HORIZON__) && !defined(__APPLE__) && !defined(__GRCO_CLANG_COMPILER__)\n\n"
#define OLD_GENERIC "#if defined(__clang__) && !defined(__ibmxl_vrm__) && !defined(__ICC) && !defined(__APPLE__)\n\n"

/* What stands before the version checks in every header from 9.0 on, and behind them. */
#define HEAD                                                                                                         \
	"/* Copyright 1993-2023 NVIDIA: \"as is\", don't */\n"                                                       \
	"#if !defined(__CUDA_INCLUDE_COMPILER_INTERNAL_HEADERS__)\n"                                                 \
	"#if defined(_MSC_VER)\n#pragma message(\"internal header\")\n#else\n#warning \"internal header\"\n#endif\n" \
	"#define __CUDA_INCLUDE_COMPILER_INTERNAL_HEADERS__\n#endif\n\n"                                             \
	"#if !defined(__HOST_CONFIG_H__)\n#define __HOST_CONFIG_H__\n\n#if defined(__CUDACC__)\n\n"                  \
	"#if defined(__CUDACC_RTC__)\n\n#define _CRTIMP\n#define __THROW\n\n#else /* __CUDACC_RTC__ */\n\n"          \
	"#if !defined(__GNUC__) && !defined(_WIN32)\n\n#error --- !!! UNSUPPORTED COMPILER !!! ---\n\n"              \
	"#endif /* !__GNUC__ && !_WIN32 */\n"                                                                        \
	"#if defined(__APPLE__) && defined(__MACH__) && !defined(__clang__)\n"                                       \
	"#error -- clang and clang++ are the only supported host compilers on Mac OS X!\n#endif\n\n"                 \
	"#if defined(__powerpc__)\n\n"                                                                               \
	"#if defined(__ibmxl_vrm__) && !(__ibmxl_vrm__ >= 0x0d010000 && __ibmxl_vrm__ < 0x0d020000) && \\\n"         \
	"                              !(__ibmxl_vrm__ >= 0x10010000 && __ibmxl_vrm__ < 0x10020000)\n"               \
	"#error -- unsupported xlC version!\n#endif\n#endif /* __powerpc__ */\n"
#define GUARD "#if !__NV_NO_HOST_COMPILER_CHECK\n\n"
#define ICC                                                                                                          \
	"#if defined(__ICC)\n\n#if (__ICC != 1500 && __ICC != 1600 && !(__ICC >= 1900 && __ICC <= 2021)) || "        \
	"!defined(__GNUC__) || !defined(__LP64__)\n\n#error -- unsupported ICC configuration!\n \n"                  \
	"#endif /* (__ICC != 1500 && __ICC != 1600) || !__GNUC__ || !__LP64__ */\n\n#endif /* __ICC */\n\n"
#define GRACE(n)                                                                                                     \
	"#if defined(__GRCO_CLANG_COMPILER__)\n"                                                                     \
	"#if (__GRCO_CLANG_COMPILER__ == 1) && ((__clang_major__ < 16) || (__clang_major__ > " #n "))\n"             \
	"#error -- unsupported Grace clang version!\n"                                                               \
	"#endif  /* (__GRCO_CLANG_COMPILER__ == 1) && ((__clang_major__ < 16) || (__clang_major__ > " #n ")) */\n"   \
	"\n#endif /* __GRCO_CLANG_COMPILER__  */\n\n"                                                                \
	"#if defined(__INTEL_CLANG_COMPILER)\n#error -- unsupported Intel ICX compiler!\n#endif\n"
#define HORIZON(n)                                                                                                   \
	"#if defined(__HORIZON__)\n#if " CLANG(n) "\n"                                                               \
	"#error -- unsupported HOS clang version! The version must be must be less than " #n "\n"                    \
	"#endif  /* " CLANG(n) " */\n#endif /* __HORIZON__  */\n\n"
#define GCC(n)                                                                                                       \
	"#if defined(__GNUC__)\n\n#if __GNUC__ > " #n "\n\n#error -- unsupported GNU version! gcc versions later "   \
	"than " #n " are not supported!\n\n#endif /* __GNUC__ > " #n " */\n\n\n"
#define MSVC                                                                                                         \
	"#endif /* __GNUC__ */\n\n#if defined(_WIN32)\n\n#if _MSC_VER < 1910 || _MSC_VER >= 1950\n\n#error -- "      \
	"unsupported Microsoft Visual Studio version!\n\n#elif _MSC_VER >= 1910 && _MSC_VER < 1910\n\n"              \
	"#pragma message(\"deprecated\")\n\n#endif /* (_MSC_VER < 1910 || _MSC_VER >= 1950) */\n\n#endif /* _WIN32 */\n"
#define GUARD_END "#endif  /* !__NV_NO_HOST_COMPILER_CHECK */\n\n\n"
#define TAIL                                                                                                         \
	"#if defined(__APPLE__)\n\n#define _CRTIMP\n\n#elif defined(__GNUC__)\n\n#include <features.h> /* for "      \
	"__THROW */\n\n#elif defined(_WIN32)\n\n#if _MSC_VER >= 1500\n#undef _USE_DECLSPECS_FOR_SAL\n"               \
	"#define _USE_DECLSPECS_FOR_SAL \\\n        1\n#endif\n\n#endif /* __APPLE__ */\n\n"                         \
	"#endif /* __CUDACC_RTC__ */\n\n#define va_start(ap, x) (__cu_va_start(&ap, x))\n"                           \
	"#endif /* __CUDACC__ */\n\n#endif /* !__HOST_CONFIG_H__ */\n"
#define CLANG_ERROR(n, said)                                                                                         \
	"#if " CLANG(n) "\n#error -- unsupported clang version! clang version must be less than " #said              \
	" and greater than 3.2 .\n\n#endif  /* (__clang_major__ >=  " #said ") */\n\n#endif\n\n\n"

static void
test_families(void **state)
{
	(void)state;
	/* 4.0: two parts, and nothing on clang */
	expect("#if defined(__GNUC__)\n\n#if __GNUC__ > 4 || (__GNUC__ == 4 && __GNUC_MINOR__ > 4)\n\n"
	       "#error -- unsupported GNU version! gcc 4.5 and up are not supported!\n\n"
	       "#endif /* __GNUC__> 4 || (__GNUC__ == 4 && __GNUC_MINOR__ > 4) */\n\n#endif /* __GNUC__ */\n", 4, 0);
	/* 9.0, 9.1: no guard, no clang condition */
	expect(HEAD "#if defined(__ICC)\n#if __ICC != 1500 && __ICC != 1600\n#error -- unsupported ICC configuration!\n"
	       "#endif\n#endif\n" GCC(6) MSVC TAIL, 6, 0);
	/* 10.2 */
	expect(HEAD GCC(8) MSVC TAIL, 8, 0);
	/* 11.2 … 11.8: guard and one clang block */
	expect(HEAD GUARD ICC GCC(10) OLD_GENERIC CLANG_ERROR(12, 12) MSVC GUARD_END TAIL, 10, 11);
	expect(HEAD GUARD ICC GCC(11) OLD_GENERIC CLANG_ERROR(15, 15) MSVC GUARD_END TAIL, 11, 14);
	expect(HEAD GUARD ICC GCC(12) OLD_GENERIC CLANG_ERROR(16, 16) MSVC GUARD_END TAIL, 12, 15);
	/* 12.2.140 (12.2.2): the message says less than 16, the condition >= 17 */
	expect(HEAD GUARD ICC GRACE(16) GCC(12) GENERIC CLANG_ERROR(17, 16) MSVC GUARD_END TAIL, 12, 16);
	/* 12.4 … 13.3: three clang blocks */
	expect(HEAD GUARD ICC GRACE(17) GCC(13) HORIZON(18) GENERIC CLANG_ERROR(18, 18) MSVC GUARD_END TAIL, 13, 17);
	expect(HEAD GUARD GRACE(20) GCC(15) HORIZON(21) GENERIC CLANG_ERROR(21, 21) MSVC GUARD_END TAIL, 15, 20);
	/* 13.0: ICC outside the guard, refused as such */
	expect(HEAD "#if defined(__ICC)\n#error -- ICC is not supported!\n#endif\n" GUARD GRACE(20) GCC(15) HORIZON(21)
	       GENERIC CLANG_ERROR(21, 21) MSVC GUARD_END TAIL, 15, 20);
	/* 13.4, 13.5: another bound for Horizon than for clang */
	expect(HEAD GUARD GRACE(22) GCC(16) HORIZON(22) GENERIC CLANG_ERROR(23, 23) MSVC GUARD_END TAIL, 16, 22);
}

static void
test_edited(void **state)
{
	(void)state;
	/* the owner deleted both #error lines: nothing is forbidden */
	expect(HEAD GUARD "#if defined(__GNUC__)\n#if __GNUC__ > 9\n\n#endif\n" GENERIC "#if " CLANG(10) "\n\n#endif\n#endif\n"
	       "#endif\n" GUARD_END TAIL, 0, 0);
	/* or only one of them */
	expect(HEAD GUARD GCC(9) GENERIC "#if " CLANG(10) "\n\n#endif\n#endif\n#endif\n" GUARD_END TAIL, 9, 0);
	/* commented out in each way */
	expect("#if __GNUC__ > 9\n// #error no\n#endif\n", 0, 0);
	expect("#if __GNUC__ > 9\n//#error no \\\n#error still the comment\n#endif\n", 0, 0);
	expect("#if __GNUC__ > 9\n/*\n#error no\n*/\n#endif\n", 0, 0);
	expect("/* #if __GNUC__ > 9\n#error no\n#endif */\n#if __GNUC__ > 11\n#error\n#endif\n", 11, 0);
	expect("#if 0\n#if __GNUC__ > 9\n#error no\n#endif\n#endif\n", 0, 0);
	expect("#if __GNUC__ > 9 && 0\n#error no\n#endif\n", 0, 0);
	/* Nix */
	expect("#if __GNUC__ > 9\n#warning -- unsupported GNU version!\n#endif\n", 0, 0);
	/* raised, and the old number left in the comments and the text */
	expect("#if __GNUC__ > 13 /* was: __GNUC__ > 11 */\n#error gcc later than 11\n#endif /* __GNUC__ > 11 */\n", 13, 0);
	/* the guard set by hand */
	expect("#define __NV_NO_HOST_COMPILER_CHECK 1\n" GUARD GCC(9) "#endif\n" GUARD_END, 0, 0);
	expect("#define __NV_NO_HOST_COMPILER_CHECK 1\n#undef __NV_NO_HOST_COMPILER_CHECK\n" GUARD GCC(9) "#endif\n" GUARD_END,
	       9, 0);
}

static void
test_spellings(void **state)
{
	(void)state;
	expect("#if __GNUC__ >= 12\r\n#error\r\n#endif\r\n", 11, 0);
	expect("  #  if  ! ( __GNUC__ <= 12 )\n\t# error x\n # endif\n", 12, 0);
	expect("#if(__GNUC__>12)\n#error\n#endif\n", 12, 0);
	expect("#if 12 < __GNUC__\n#error\n#endif", 12, 0);
	expect("#if __GNUC__ * 100 + __GNUC_MINOR__ > 1202\n#error\n#endif", 12, 0);
	expect("#if __GNUC__ \\\n > \\\r\n 12\n#error\n#endif", 12, 0);
	expect("#ifdef __GNUC__\n#if __GNUC__ < 20 && __GNUC__ > 7\n#error\n#elif __GNUC__ >= 20\n#error\n#else\n#endif\n#endif",
	       7, 0);
	expect("#ifndef __clang__\n#if __GNUC__ == 5 || __GNUC__ == 6\n#else\n#error\n#endif\n#endif", 6, 0);
	expect("#ifdef __clang__\n#if __clang_major__ > 18\n#error\n#endif\n#else\n#if __GNUC__ > 0x0E\n#error\n#endif\n#endif", 14,
	       18);
	/* no bound above: a lower one is no limit of this kind */
	expect("#if __GNUC__ < 6\n#error too old\n#endif\n", 0, 0);
	/* code that looks like a directive, strings that look like comments */
	expect("static const char *a = \"/*\";\n#if __GNUC__ > 12\n#error it's \"/* not closed\n#endif\n", 12, 0);
	expect("static const char *a = \"/* \\\" \", b = '\"';\n#if __GNUC__ > 12\n#error\n#endif\n", 12, 0);
	expect("x = 1; #if 0\n#if __GNUC__ > 12\n#error\n#endif\n", 12, 0);
}

static void
test_unreadable(void **state)
{
	static const char zeros[70000];
	char deep[20000] = "", *at = deep;

	(void)state;
	expect("", 0, 0);
	expect("\n", 0, 0);
	expect_file("/nonexistent/host_config.h", 0, 0);
	expect_file(folder, 0, 0);
	expect_file(write_header(zeros, sizeof(zeros)), 0, 0);
	expect("#if __GNUC__ > \n#error\n#endif\n", 0, 0);
	expect("#if (((__GNUC__ > 12\n#error\n#endif\n", 0, 0);
	expect("#if __GNUC__ / 0 > 12\n#error\n#endif\n", 0, 0);
	expect("#if __has_include(<x>)\n#error\n#endif\n", 0, 0);
	expect("#endif\n#if __GNUC__ > 12\n#error\n", 0, 0);
	expect("#if __GNUC__ > 12\n#error", 12, 0);
	for (int i = 0; i < 2000; i++)
		at = stpcpy(at, "#if 1\n");
	expect(deep, 0, 0);
	at = stpcpy(deep, "#if ");
	memset(at, '(', 1500);
	memset(at + 1500, '!', 400);
	strcpy(at + 1900, "1\n#error\n#endif\n");
	expect(deep, 0, 0);
	unlink(write_header("", 0));
	assert_int_equal(mkfifo(str_format(&run.arena, "%s/host_config.h", folder), 0600), 0);
	expect_file(str_format(&run.arena, "%s/host_config.h", folder), 0, 0);
	unlink(str_format(&run.arena, "%s/host_config.h", folder));
}

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_families),
		cmocka_unit_test(test_edited),
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_unreadable),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
