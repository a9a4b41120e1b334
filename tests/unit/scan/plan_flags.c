/* Words of command lines: where -include looks, and response files that name one another. */
#define _GNU_SOURCE
#include "scan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/world.h"

static struct run run;
static char folder[] = "/tmp/cuenv-test.XXXXXX";
static struct plan_responses responses;

static const struct machine machine;

static const char *
in_folder(const char *name)
{
	return path_join(&run.arena, folder, name);
}

static void
make(const char *name, const char *text)
{
	assert_true(world_write(&run, in_folder(name), text, strlen(text)));
}

static struct scan_flags
flags_of(const char *line)
{
	struct scan_plan plan = { .machine = &machine, .dir = folder };
	struct scan_flags flags = { 0 };
	struct strings words = { 0 };

	assert_true(plan_split(&run, line, &words));
	plan_flags(&run, &plan, &words, 0, folder, NULL, &responses, &flags, NULL);
	return flags;
}

static void
forced_files_are_the_packages(void **state)
{
	struct scan_flags flags;

	(void)state;
	make("here.h", "");
	make("inc/there.h", "");
	make("inc/here.h", "");
	flags = flags_of("-include here.h -include there.h -Iinc -imacros there.h -include cstdint -include /etc/passwd");
	assert_int_equal(flags.forced.n, 3);
	assert_string_equal(flags.forced.item[0], in_folder("here.h"));
	assert_string_equal(flags.forced.item[1], in_folder("inc/there.h"));
	assert_string_equal(flags.forced.item[2], "cstdint");
	assert_int_equal(flags.left_out.n, 1);
	assert_string_equal(flags.left_out.item[0], "-include /etc/passwd");
	assert_int_equal(flags.macros.n, 1);
	assert_string_equal(flags.macros.item[0], in_folder("inc/there.h"));
}

static void
response_files_have_one_budget(void **state)
{
	struct strings names = { 0 };
	struct scan_flags flags;

	(void)state;
	make("one.rsp", "-DA -DB");
	flags = flags_of("@one.rsp @one.rsp -DC");
	assert_int_equal(flags.defines.n, 5);
	assert_int_equal(run.left_out.n, 0);
	for (int i = 0; i < 100; i++)
		strings_add(&run.arena, &names, "@bomb.rsp @one.rsp");
	make("bomb.rsp", strings_join(&run.arena, &names, " "));
	flags = flags_of("@bomb.rsp -DLAST");
	assert_int_equal(run.left_out.n, 1);
	assert_non_null(strstr(run.left_out.item[0], "bomb.rsp"));
	assert_true(flags.defines.n < 5000000);
	assert_string_equal(flags.defines.item[flags.defines.n - 1], "LAST");
	assert_true(responses.spent > 1 << 20);
}

static int
begin(void **state)
{
	(void)state;
	run = (struct run){ .root = "", .cwd = "/" };
	return mkdtemp(folder) ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -rf %s", folder));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(forced_files_are_the_packages),
					    cmocka_unit_test(response_files_have_one_budget) };

	return cmocka_run_group_tests(tests, begin, end);
}
