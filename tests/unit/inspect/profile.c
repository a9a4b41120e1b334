#define _GNU_SOURCE
#include "inspect/toolkit_parts.h"

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
static char folder[] = "/tmp/cuenv-profile-XXXXXX";

/* The directories that a profile names, below the folder and with blanks between. */
static const char *
said(const struct strings *dirs)
{
	const char *text = "";

	for (size_t i = 0; i < dirs->n; i++) {
		assert_true(str_starts(dirs->item[i], folder));
		text = str_format(&run.arena, "%s%s%s", text, i ? " " : "", dirs->item[i] + strlen(folder));
	}
	return text;
}

static struct profile
read_profile(const char *text)
{
	const char *nvcc = str_format(&run.arena, "%s/bin/nvcc", folder);
	FILE *file = fopen(str_format(&run.arena, "%s.profile", nvcc), "w");
	struct profile profile = { 0 };

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
	assert_true(profile_read(&run, nvcc, &profile));
	assert_null(run.error);
	return profile;
}

/* NVIDIA's own of 12.4. */
static void
nvidia(void **state)
{
	struct profile p = read_profile("\nTOP              = $(_HERE_)/..\n\n"
					"NVVMIR_LIBRARY_DIR = $(TOP)/$(_NVVM_BRANCH_)/libdevice\n"
					"PATH            += $(TOP)/$(_NVVM_BRANCH_)/bin:$(_HERE_):\n"
					"INCLUDES        +=  \"-I$(TOP)/$(_TARGET_DIR_)/include\" $(_SPACE_)\n"
					"LIBRARIES        =+ $(_SPACE_) \"-L$(TOP)/$(_TARGET_DIR_)/lib$(_TARGET_SIZE_)/stubs\""
					" \"-L$(TOP)/$(_TARGET_DIR_)/lib$(_TARGET_SIZE_)\"\n");

	(void)state;
	assert_string_equal(said(&p.include_dirs), "/targets/x86_64-linux/include");
	assert_string_equal(said(&p.lib_dirs), "/targets/x86_64-linux/lib");
	assert_string_equal(said(&p.tool_dirs), "/nvvm/bin /bin");
	assert_string_equal(p.libdevice_dir, str_format(&run.arena, "%s/nvvm/libdevice", folder));
}

/* conda's of 12.4 goes two folders up from targets/. */
static void
two_up(void **state)
{
	struct profile p = read_profile("TOP              = $(_HERE_)/../$(_TARGET_DIR_)\n"
					"PATH += $(TOP)/bin:$(TOP)/../../bin:$(TOP)/../../$(_NVVM_BRANCH_)/bin:\n");

	(void)state;
	assert_string_equal(said(&p.tool_dirs), "/bin /nvvm/bin");
}

static void
odd_words(void **state)
{
	struct profile p = read_profile("INCLUDES = \"\" -I \"-I$(_HERE_)/./../bin/\" -isystem $(_HERE_)/..//nvvm/.. -I$(NOPE)bin \"-I$(_HERE_)/../nvvm\r\n"
					"# PATH = $(_HERE_)/../nvvm/bin\n=\n+=\nPATH ?= : $(_HERE_)/../nvvm\t: :\nPATH ?= /usr/bin\n"
					"LIBRARIES = $(unclosed\nNVVMIR_LIBRARY_DIR = relative");

	(void)state;
	assert_string_equal(said(&p.include_dirs), "/bin  /nvvm");
	assert_string_equal(said(&p.tool_dirs), "/nvvm /bin");
	assert_int_equal(p.lib_dirs.n, 0);
	assert_null(p.libdevice_dir);
}

/* A value that doubles with each line is cut off, and what was there before stays. */
static void
doubling(void **state)
{
	const char *text = "PATH = $(_HERE_)/../nvvm\nA = 0123456789abcdef\n";
	struct profile p;

	(void)state;
	for (int i = 0; i < 40; i++)
		text = str_format(&run.arena, "%sA = $(A)$(A)\nA += $(A)\n", text);
	p = read_profile(text);
	assert_string_equal(said(&p.tool_dirs), "/nvvm /bin");
}

static int
make_folders(void **state)
{
	static const char *const names[] = { "", "/bin", "/nvvm", "/nvvm/bin", "/targets", "/targets/x86_64-linux",
					     "/targets/x86_64-linux/include", "/targets/x86_64-linux/lib" };

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++)
		if (mkdir(str_format(&run.arena, "%s%s", folder, names[i]), 0755) < 0)
			return -1;
	return 0;
}

static int
remove_folders(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -rf %s", folder));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nvidia),
		cmocka_unit_test(two_up),
		cmocka_unit_test(odd_words),
		cmocka_unit_test(doubling),
	};

	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
