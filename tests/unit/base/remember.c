/* What is kept between runs: the last used stay. */
#define _GNU_SOURCE
#include "base/remember.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/scratch.h"
#include "base/str.h"
#include "base/world.h"

extern char **environ;
static struct run run;

/* Files 0 to 5, of which 5 is the newest; 1.pch to 4.pch; and a folder older than all. */
static void
fill(const char *dir)
{
	for (int i = 0; i < 10; i++) {
		const char *path = str_format(&run.arena, i < 6 ? "%s/%d" : "%s/%d.pch", dir, i < 6 ? i : i - 5);
		struct timespec times[2] = { { 1000000 + i, 0 }, { 1000000 + i, i } };

		assert_true(world_write(&run, path, "x", 1));
		assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	}
	assert_int_equal(mkdir(path_join(&run.arena, dir, "headers"), 0700), 0);
}

static const char *
names(const char *dir)
{
	struct strings list = { 0 };

	assert_true(world_list(&run, dir, &list));
	return strings_join(&run.arena, &list, " ");
}

static bool
prune(struct run *r, const char *dir, void *context)
{
	(void)context;
	fill(dir);
	remember_used(path_join(&r->arena, dir, "0"));
	remember_prune(r, dir, ".pch", 2);
	assert_string_equal(names(dir), "0 1 2 3 3.pch 4 4.pch 5 headers");
	remember_prune(r, dir, "", 3);
	assert_string_equal(names(dir), "0 3.pch 4.pch headers");
	remember_prune(r, dir, "", 3);
	remember_prune(r, "/nonexistent", "", 0);
	assert_string_equal(names(dir), "0 3.pch 4.pch headers");
	return true;
}

static void
the_last_used_stay(void **state)
{
	(void)state;
	run = (struct run){ .root = "", .environ = environ, .cwd = "/" };
	assert_true(scratch_with(&run, NULL, prune, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_last_used_stay) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
