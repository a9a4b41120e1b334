/* Whose files count: each way in which another could have written one is tried in a folder of our own. */
#define _GNU_SOURCE
#include "base/trust.h"

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
#include "base/world.h"

#define OTHER 12345	/* no user of this machine */

static struct run run;
static char folder[] = "/tmp/cuenv-test.XXXXXX";
static const char *why;

static const char *
at(const char *name)
{
	return path_join(&run.arena, folder, name);
}

static int
fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/cuenv-test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	run = (struct run){ .root = "", .cwd = "/", .tracing = true };
	assert_true(world_write(&run, at("a/b/file"), "text", 4));
	chmod(at("a"), 0755);
	chmod(at("a/b"), 0755);
	chmod(at("a/b/file"), 0644);
	return 0;
}

static int
gone(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static bool
trusts(const char *name)
{
	return trust_path(&run, at(name), &why);
}

static void
blames(const char *name, const char *culprit, const char *says)
{
	assert_false(trusts(name));
	assert_true(str_starts(why, at(culprit)));
	assert_non_null(strstr(why, says));
}

static void
ours(void **state)
{
	struct blob text = { 0 };

	(void)state;
	assert_true(trusts("a/b/file"));
	assert_null(why);
	assert_true(trusts("a/not/yet/there"));
	assert_true(trust_path(&run, "/etc/passwd", &why));
	assert_true(trust_read(&run, "test", at("a/b/file"), 100, &text));
	assert_string_equal(text.data, "text");
	assert_false(trust_read(&run, "test", at("a/none"), 100, &text));
	assert_int_equal(run.traces.n, 0);
}

static void
writable_by_others(void **state)
{
	struct blob text = { "as it was", 9 };

	(void)state;
	chmod(at("a/b/file"), 0646);
	blames("a/b/file", "a/b/file", "written by others");
	assert_false(trust_read(&run, "test", at("a/b/file"), 100, &text));
	assert_string_equal(text.data, "as it was");
	assert_int_equal(run.traces.n, 1);
	assert_string_equal(run.traces.item[0].who, "test");
	chmod(at("a/b/file"), 0644);
	chmod(at("a/b"), 0757);
	blames("a/b/file", "a/b", "written by others");
	chmod(at("a/b"), 0755);
	chmod(at("a"), 0777);
	blames("a/b/file", "a", "chmod go-w");
	blames("a/none/yet", "a", "written by others");
}

/* As /tmp is: what belongs to us there nobody else can replace; but what does not was perhaps put there. */
static void
sticky(void **state)
{
	(void)state;
	chmod(at("a"), 01777);
	assert_true(trusts("a/b/file"));
	chmod(at("a/b/file"), 0646);
	blames("a/b/file", "a/b/file", "written by others");
	chmod(at("a/b/file"), 0644);
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(at("a/b"), OTHER, (gid_t)-1), 0);
	blames("a/b/file", "a/b", "belongs to user 12345");
}

static void
of_another(void **state)
{
	char *sudo[] = { "SUDO_UID=12345", NULL };

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(at("a/b/file"), OTHER, (gid_t)-1), 0);
	blames("a/b/file", "a/b/file", "belongs to user 12345, not to you");
	run.environ = sudo;
	assert_true(trusts("a/b/file"));
	run.environ = NULL;
	assert_int_equal(chown(at("a/b/file"), 0, (gid_t)-1), 0);
	assert_int_equal(chown(at("a"), OTHER, (gid_t)-1), 0);
	blames("a/b/file", "a", "belongs to user 12345");
}

/* A group that is not the user's own is others. */
static void
writable_by_a_group(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	chmod(at("a/b"), 0775);
	assert_true(trusts("a/b/file"));	/* root's own */
	assert_int_equal(chown(at("a/b"), (uid_t)-1, 100), 0);
	blames("a/b/file", "a/b", "written by others");
	chmod(at("a/b"), 02755);
	assert_true(trusts("a/b/file"));
}

/* A link is judged as itself, and so is what it leads to, with the folders above that. */
static void
links(void **state)
{
	(void)state;
	assert_int_equal(symlink("b/file", at("a/link")), 0);
	assert_int_equal(symlink(at("a"), at("way")), 0);
	assert_true(trusts("a/link"));
	assert_true(trusts("way/link"));
	assert_true(trusts("a/b/../link"));
	chmod(at("a/b"), 0777);
	blames("way/link", "a/b", "written by others");
	chmod(at("a/b"), 0755);
	assert_int_equal(symlink("loop", at("loop")), 0);
	assert_true(trusts("loop"));	/* nothing is there, and nothing will be read */
	if (geteuid() != 0)
		skip();
	assert_int_equal(lchown(at("way"), OTHER, (gid_t)-1), 0);
	blames("way/b/file", "way", "belongs to user 12345");
	assert_int_equal(lchown(at("a/link"), OTHER, (gid_t)-1), 0);
	blames("a/link", "a/link", "belongs to user 12345");
}

static void
another_machine(void **state)
{
	(void)state;
	chmod(at("a/b/file"), 0666);
	run.root = folder;
	assert_true(trust_path(&run, "/a/b/file", &why));
	assert_null(why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ours, fresh, gone),
		cmocka_unit_test_setup_teardown(writable_by_others, fresh, gone),
		cmocka_unit_test_setup_teardown(sticky, fresh, gone),
		cmocka_unit_test_setup_teardown(of_another, fresh, gone),
		cmocka_unit_test_setup_teardown(writable_by_a_group, fresh, gone),
		cmocka_unit_test_setup_teardown(links, fresh, gone),
		cmocka_unit_test_setup_teardown(another_machine, fresh, gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
