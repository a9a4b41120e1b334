/* root.h: a machine as a folder, made of the files that a test names. */
#ifndef UNIT_EMIT_ROOT_H
#define UNIT_EMIT_ROOT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "emit/build_plan.h"

static struct run run;

/* A new, empty machine with these variables. */
__attribute__((unused)) static void
new_root(char *const *variables)
{
	char folder[] = "/tmp/cuenv-unit-XXXXXX";

	assert_non_null(mkdtemp(folder));
	run = (struct run){ .root = str_copy(&run.arena, folder, strlen(folder)), .environ = variables, .cwd = "/" };
}

__attribute__((unused)) static void
put(const char *path, const char *text, mode_t mode)
{
	char *whole = (char *)str_format(&run.arena, "%s%s", run.root, path);
	FILE *file;

	for (char *at = whole + strlen(run.root) + 1; (at = strchr(at, '/')); *at++ = '/') {
		*at = '\0';
		mkdir(whole, 0755);
	}
	file = fopen(whole, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	chmod(whole, mode);
}

__attribute__((unused)) static void
remove_root(void)
{
	char command[128];

	assert_true(str_starts(run.root, "/tmp/cuenv-unit-"));
	snprintf(command, sizeof(command), "rm -rf '%s'", run.root);
	assert_int_equal(system(command), 0);
}

/* The value that a plan sets name to, or NULL. */
__attribute__((unused)) static const char *
value_of(const struct build_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->changes.n; i++)
		if (strcmp(plan->changes.item[i].name, name) == 0)
			return plan->changes.item[i].value;
	return NULL;
}

#endif
