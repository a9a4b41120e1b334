/* Every code that a finding can have is in the table, once and in order. */
#include "base/finding.h"

#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool
listed(const char *code)
{
	for (const struct code *c = finding_codes; c->code; c++)
		if (strncmp(c->code, code, 5) == 0)
			return true;
	return false;
}

static void
look_into(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		for (const char *at = line; (at = strstr(at, "CE")); at += 2)
			if (isdigit((unsigned char)at[2]) && isdigit((unsigned char)at[3]) && isdigit((unsigned char)at[4]) &&
			    !listed(at))
				fail_msg("%s: %.5s is not in codes.def", path, at);
	fclose(file);
}

static void
all_are_listed(void **state)
{
	glob_t files;

	(void)state;
	assert_int_equal(glob("../../src/*/*.[cd]*", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		look_into(files.gl_pathv[i]);
	globfree(&files);
}

static void
in_order_and_once(void **state)
{
	(void)state;
	for (const struct code *c = finding_codes; c[1].code; c++)
		assert_true(strcmp(c[0].code, c[1].code) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_are_listed), cmocka_unit_test(in_order_and_once) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
