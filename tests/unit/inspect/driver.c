#define _GNU_SOURCE
#include "inspect/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

#define PROC "/proc/driver/nvidia/version"
#define LIBRARY "/usr/lib/x86_64-linux-gnu/"
#define SAYS "\0junk\0Cuda compilation tools, release %d.%d,\0Cuda compilation tools, release "

static struct run run;
static char folder[] = "/tmp/driver-XXXXXX";

static void
clear(void)
{
	const char *root = str_format(&run.arena, "%s/m", folder);
	char *const rm[] = { "rm", "-rf", (char *)root, NULL };
	pid_t child = fork();

	if (child == 0) {
		execvp(rm[0], rm);
		_exit(127);
	}
	assert_true(child > 0 && waitpid(child, &(int){ 0 }, 0) == child);
	assert_int_equal(mkdir(root, 0755), 0);
	run.root = root;
}

static void
put(const char *path, const void *data, size_t size)
{
	assert_true(world_write(&run, path, data, size));
}

static void
put_text(const char *path, const char *text)
{
	put(path, text, strlen(text));
}

static void
put_link(const char *path, const char *to)
{
	put_text(path, "");
	assert_int_equal(unlink(str_format(&run.arena, "%s%s", run.root, path)), 0);
	assert_int_equal(symlink(to, str_format(&run.arena, "%s%s", run.root, path)), 0);
}

/* "535.129.03, CUDA 12.2", "none" */
static const char *
look(void)
{
	struct driver driver;

	if (!inspect_driver(&run, &driver))
		return "none";
	return str_format(&run.arena, "%s, CUDA %s", driver.version, version_text(&run.arena, &driver.cuda, 0));
}

static void
check(const char *got, const char *expected)
{
	assert_string_equal(got, expected);
}

/* The lines that the kernel module writes: proprietary, open, with two numbers, without a date. */
static void
reads_proc(void **state)
{
	static const struct { const char *text, *expected; } cases[] = {
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023\n"
		  "GCC version:  gcc version 11.4.0 (Ubuntu 11.4.0-1ubuntu1~22.04)\n", "535.129.03, CUDA 12.2" },
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module  510.54  Wed Feb  9\n", "510.54, CUDA 11.6" },
		{ "NVRM version: NVIDIA UNIX aarch64 Kernel Module  550.120  Fri Sep 13 11:01:10 UTC 2024\n", "550.120, CUDA 12.4" },
		{ "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build  "
		  "(dvs-builder@U22-I3-B17-02-5)  Tue Sep 23 09:55:41 UTC 2025\n", "580.95.05, CUDA 13.0" },
		{ "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  610.43.03  Release Build  (root@archlinux)\n"
		  "GCC version:  Selected multilib: .;@m64\n", "610.43.03, CUDA 13.3" },
		{ "NVRM version: NVIDIA UNIX Open Kernel Module for aarch64  540.4.0  Release Build  (buildbrain@mobile)\n",
		  "540.4.0, CUDA 12.6" },
		{ "NVRM version: NVIDIA UNIX Open Kernel Module for aarch64  540.3.0  Release Build", "540.3.0, CUDA 12.2" },
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module 390.48 Thu Mar 22 00:42:57 PDT 2018\r\n", "390.48, CUDA 9.1" },
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module\t535.129.03\n", "535.129.03, CUDA 12.2" },
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03", "535.129.03, CUDA 12.2" },
		/* not the compiler's line, no half numbers */
		{ "NVRM version: NVIDIA UNIX x86_64 Kernel Module\nGCC version:  gcc version 535.129.03\n", "none" },
		{ "NVRM version: 535.129.03.7 535.129.03-open x535.129 535 12.2 53.12 99999.1 1.1\n", "none" },
		{ "535.99999999999999999999.1\n", "none" },
		{ "", "none" },
		{ "\n\n535.129.03\n", "none" },
		{ " \t ", "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		clear();
		put_text(PROC, cases[i].text);
		check(look(), cases[i].expected);
	}
}

/* The edges of the table: the last driver before a row, and the row's own. */
static void
knows_cuda(void **state)
{
	static const struct { const char *number, *expected; } cases[] = {
		{ "375.26", "?" },	{ "384.81", "9.0" },	{ "418.38", "10.0" },	 { "418.39", "10.1" },
		{ "430.26", "10.1" },	{ "435.21", "10.1" },	{ "440.33.01", "10.2" }, { "450.36.06", "11.0" },
		{ "455.23.04", "11.1" }, { "460.27.02", "11.1" }, { "460.27.04", "11.2" }, { "495.29.05", "11.5" },
		{ "520.56.06", "11.8" }, { "535.274.02", "12.2" }, { "545.29.06", "12.3" }, { "565.57.01", "12.7" },
		{ "570.26", "12.8" },	{ "580.65.06", "13.0" }, { "580.173.02", "13.0" }, { "590.44.01", "13.1" },
		{ "595.71.05", "13.2" }, { "610.57.04", "13.3" }, { "615.71.09", "13.4" }, { "616.00", "13.4" },
		{ "620.10", "?" },	{ "1000.1", "?" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		clear();
		put_text("/sys/module/nvidia/version", str_format(&run.arena, "%s\n", cases[i].number));
		check(look(), str_format(&run.arena, "%s, CUDA %s", cases[i].number, cases[i].expected));
	}
}

/* Each place counts only where the one before it says nothing. */
static void
prefers_the_loaded_one(void **state)
{
	(void)state;
	clear();
	put_link(LIBRARY "libcuda.so.1", "/etc/alternatives/libcuda");
	put_link("/etc/alternatives/libcuda", LIBRARY "nvidia/current/libcuda.so.1");
	put_link(LIBRARY "nvidia/current/libcuda.so.1", "libcuda.so.535.261.03");
	put_text(LIBRARY "nvidia/current/libcuda.so.535.261.03", "");
	check(look(), "535.261.03 (not loaded), CUDA 12.2");
	put_text("/etc/nv_tegra_release", "# R35 (release), REVISION: 4.1, GCID: 1, BOARD: t186ref\n");
	check(look(), "L4T 35.4.1, CUDA 11.4");
	put_text("/usr/lib/wsl/lib/libcuda.so.1", "");
	check(look(), "of Windows, CUDA ?");
	put_text("/sys/module/nvidia/version", "550.54.15\n");
	check(look(), "550.54.15, CUDA 12.4");
	put_text(PROC, "nonsense\n");
	check(look(), "550.54.15, CUDA 12.4");
	put_text(PROC, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.86.10  Thu\n");
	check(look(), "570.86.10, CUDA 12.8");
}

static void
reads_library_names(void **state)
{
	(void)state;
	clear();
	put_link("/usr/lib64/libcuda.so.1", "libcuda.so.610.43.02");
	put_text("/usr/lib64/libcuda.so.610.43.02", "");
	check(look(), "610.43.02 (not loaded), CUDA 13.3");
	clear();	/* Jetson's and WSL's own name, a dead link, a plain file, a loop */
	put_link("/usr/lib64/libcuda.so.1", "libcuda.so.1.1");
	put_text("/usr/lib64/libcuda.so.1.1", "");
	put_link("/usr/lib/libcuda.so.1", "libcuda.so.535.129.03");
	put_text("/usr/local/nvidia/lib64/libcuda.so.1", "");
	put_link("/usr/lib64-nvidia/libcuda.so.1", "libcuda.so.1");
	check(look(), "none");
}

static void
reads_wsl(void **state)
{
	(void)state;
	clear();
	put_text("/usr/lib/wsl/lib/libcuda.so.1", "");
	put("/usr/lib/wsl/drivers/nv_dispi.inf_amd64_1/libnvidia-ptxjitcompiler.so.1", SAYS "12.4, V12.4.131", sizeof(SAYS "12.4, V12.4.131"));
	check(look(), "of Windows, CUDA 12.4");
	put_text("/usr/lib/wsl/drivers/nv_dispi.inf_amd64_0/other", "");
	put("/usr/lib/wsl/drivers/u0.inf/libnvidia-ptxjitcompiler.so.1", SAYS "11.4, V11", sizeof(SAYS "11.4, V11"));
	check(look(), "of Windows, CUDA 12.4");
	put("/usr/lib/wsl/drivers/nv_dispi.inf_amd64_2/libnvidia-ptxjitcompiler.so.1", SAYS "12.2, V12", sizeof(SAYS "12.2, V12"));
	check(look(), "of Windows, CUDA ?");
}

static void
reads_jetson(void **state)
{
	static const struct { const char *text, *expected; } cases[] = {
		{ "# R32 (release), REVISION: 6.1, GCID: 27863751, BOARD: t186ref, EABI: aarch64\n", "L4T 32.6.1, CUDA 10.2" },
		{ "# R32 (release), REVISION: 3.1, GCID: 1\n", "L4T 32.3.1, CUDA 10.0" },
		{ "# R32 (release), REVISION: 5, GCID: 1\n", "L4T 32.5, CUDA 10.2" },
		{ "# R36 (release), REVISION: 3.0, GCID: 38968081, BOARD: generic\n", "L4T 36.3.0, CUDA 12.2" },
		{ "# R36 (release), REVISION: 4.3, GCID: 38968081, BOARD: generic\n", "L4T 36.4.3, CUDA 12.6" },
		{ "# R40 (release), REVISION: 1.0", "L4T 40.1.0, CUDA ?" },
		{ "# R28 (release), REVISION: 2.1", "L4T 28.2.1, CUDA ?" },
		{ "# R32 (release)", "none" },
		{ "# R (release), REVISION: 6.1", "none" },
		{ "# R32 (release), REVISION: x", "none" },
		{ "R32 REVISION: 6.1", "none" },
		{ "", "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		clear();
		put_text("/etc/nv_tegra_release", cases[i].text);
		check(look(), cases[i].expected);
	}
}

/* Any bytes: no crash, and a version is a number and nothing else. */
static void
reads_anything(void **state)
{
	static const char good[] = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build\n";

	(void)state;
	srand(1);
	for (int i = 0; i < 1000; i++) {
		char text[sizeof(good)];
		struct driver driver = { "", { 0 } };

		memcpy(text, good, sizeof(good));
		for (int n = rand() % 30; n > 0; n--)
			text[(size_t)rand() % sizeof(text)] = (char)(rand() % 4 ? "05. \t\n"[rand() % 6] : rand());
		put(PROC, text, (size_t)rand() % sizeof(good));
		inspect_driver(&run, &driver);
		assert_int_equal(strspn(driver.version, "0123456789."), strlen(driver.version));
	}
	assert_null(run.error);
}

static int
open_folder(void **state)
{
	(void)state;
	run = (struct run){ .cwd = "/" };
	return mkdtemp(folder) ? 0 : -1;
}

static int
close_folder(void **state)
{
	(void)state;
	clear();
	return rmdir(run.root) || rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_proc),	       cmocka_unit_test(knows_cuda),   cmocka_unit_test(prefers_the_loaded_one),
		cmocka_unit_test(reads_library_names), cmocka_unit_test(reads_wsl),    cmocka_unit_test(reads_jetson),
		cmocka_unit_test(reads_anything),
	};

	return cmocka_run_group_tests(tests, open_folder, close_folder);
}
