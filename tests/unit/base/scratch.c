/* A scratch folder is gone afterwards, whatever is in it, also when a signal comes. */
#define _GNU_SOURCE
#include "base/scratch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/leftover.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

static struct run run;
static char base[] = "/tmp/cuenv-test.XXXXXX", variable[64];
static char *world[] = { variable, NULL };

static int
fresh(void **state)
{
	(void)state;
	snprintf(base, sizeof(base), "/tmp/cuenv-test.XXXXXX");
	assert_non_null(mkdtemp(base));
	snprintf(variable, sizeof(variable), "TMPDIR=%s", base);
	run = (struct run){ .root = "", .environ = world, .cwd = "/" };
	return 0;
}

static bool
fill(struct run *r, const char *dir, void *context)
{
	const char *deep = path_join(&r->arena, dir, "a/b/c");

	*(const char **)context = dir;
	assert_true(str_starts(dir, base));
	assert_true(world_write(r, deep, "x", 1));
	assert_int_equal(symlink("/", path_join(&r->arena, dir, "a/root")), 0);
	return false;
}

static bool
stop(struct run *r, const char *dir, void *context)
{
	fill(r, dir, context);
	raise(SIGTERM);
	return true;
}

static size_t
left(void)
{
	struct strings names = { 0 };

	assert_true(world_list(&run, base, &names));
	return names.n;
}

static void
all_is_removed(void **state)
{
	const char *dir = NULL;

	(void)state;
	assert_false(scratch_with(&run, NULL, fill, &dir));
	assert_non_null(dir);
	assert_int_equal(left(), 0);
	assert_int_equal(rmdir(base), 0);
}

static void
a_signal_waits_and_then_ends_us(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		const char *dir;

		signal(SIGTERM, SIG_DFL);
		scratch_with(&run, NULL, stop, &dir);
		_exit(9);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	assert_int_equal(left(), 0);
	assert_int_equal(rmdir(base), 0);
}

static bool
take(struct run *r, const char *dir, void *context)
{
	(void)r;
	*(const char **)context = dir;
	return true;
}

static void
what_is_kept_stays(void **state)
{
	const char *dir = NULL, *keep = path_join(&run.arena, base, "kept");
	char command[128];

	(void)state;
	scratch_with(&run, keep, fill, &dir);
	assert_string_equal(dir, keep);
	assert_true(world_is_file(&run, path_join(&run.arena, keep, "a/b/c")));
	assert_true(scratch_with(&run, keep, take, &dir));	/* ours from before */
	assert_true(world_write(&run, path_join(&run.arena, base, "mine/setup.py"), "x", 1));
	assert_false(scratch_with(&run, path_join(&run.arena, base, "mine"), fill, &dir));
	assert_non_null(strstr(run.error, "new or empty"));
	run.error = NULL;
	assert_false(scratch_with(&run, "/nonexistent/kept", fill, &dir));
	assert_non_null(strstr(run.error, "/nonexistent/kept"));
	snprintf(command, sizeof(command), "rm -rf %s", base);
	assert_int_equal(system(command), 0);
}

static bool
die(struct run *r, const char *dir, void *context)
{
	fill(r, dir, context);
	mkdir(path_join(&r->arena, dir, "closed"), 0700);
	world_write(r, path_join(&r->arena, dir, "closed/x"), "x", 1);
	chmod(path_join(&r->arena, dir, "closed"), 0);
	raise(SIGKILL);
	return true;
}

static bool
another(struct run *r, const char *dir, void *context)
{
	const char *second;

	(void)context;
	scratch_with(r, NULL, fill, &second);
	return str_same(second, dir) ? false : world_is_dir(r, dir);
}

/* A folder of that name, changed so many hours ago. */
static const char *
old_folder(const char *name, long hours)
{
	const char *path = path_join(&run.arena, base, name);
	struct timespec times[2] = { { time(NULL) - hours * 3600, 0 }, { time(NULL) - hours * 3600, 0 } };

	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	return path;
}

static void
what_a_killed_one_left_goes_with_the_next(void **state)
{
	pid_t pid = fork();
	const char *dir;
	int status;

	(void)state;
	if (pid == 0) {
		scratch_with(&run, NULL, die, &dir);
		_exit(9);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(left(), 1);
	scratch_with(&run, NULL, fill, &dir);
	assert_int_equal(left(), 0);
	assert_int_equal(rmdir(base), 0);
}

static void
what_is_used_or_not_ours_stays(void **state)
{
	const char *young = old_folder(LEFTOVER_FOLDER "00000000.aB3dE5", 1);
	const char *old = old_folder(LEFTOVER_FOLDER "00000000.aB3dE6", 25);
	const char *mine = old_folder(LEFTOVER_FOLDER "notes", 999);

	(void)state;
	assert_true(scratch_with(&run, NULL, another, NULL));
	assert_false(world_is_dir(&run, old));
	assert_true(world_is_dir(&run, young) && world_is_dir(&run, mine));
	assert_int_equal(left(), 2);
	assert_int_equal(rmdir(young) | rmdir(mine) | rmdir(base), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(all_is_removed, fresh),
		cmocka_unit_test_setup(a_signal_waits_and_then_ends_us, fresh),
		cmocka_unit_test_setup(what_is_kept_stays, fresh),
		cmocka_unit_test_setup(what_a_killed_one_left_goes_with_the_next, fresh),
		cmocka_unit_test_setup(what_is_used_or_not_ours_stays, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
