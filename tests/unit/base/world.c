#define _GNU_SOURCE
#include "base/world.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/leftover.h"

/* Each test runs twice: in a folder of the machine, and in the same folder as a root. at() is a path of that world. */
static struct run run;
static const char *folder;
static char outside[] = "/tmp/cuenv-outside-XXXXXX";

static const char *
host(const char *path)
{
	return str_format(&run.arena, "%s%s", folder, path);
}

static const char *
at(const char *path)
{
	return run.root[0] ? path : host(path);
}

static void
put(const char *path, const char *text)
{
	FILE *file = fopen(host(path), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
put_folder(const char *path)
{
	assert_int_equal(mkdir(host(path), 0755), 0);
}

static void
put_link(const char *path, const char *to)
{
	assert_int_equal(symlink(to, host(path)), 0);
}

static void
expect_read(const char *path, const char *want)
{
	struct blob blob = { 0 };
	bool ok = world_read(&run, at(path), 1000, &blob);

	if (!want) {
		assert_false(ok);
		assert_null(blob.data);
		return;
	}
	assert_true(ok);
	assert_string_equal(blob.data, want);
}

static void
expect_real(const char *path, const char *want)
{
	const char *real = world_real(&run, at(path));

	if (!want)
		assert_null(real);
	else
		assert_string_equal(real ? real : "", strcmp(want, "/") == 0 && !run.root[0] ? folder : at(want));
}

static void
test_links(void **state)
{
	(void)state;
	put_folder("/a");
	put_folder("/a/b");
	put("/a/b/file", "here");
	put_link("/a/relative", "b/../b/./file");
	put_link("/a/chain", "relative");
	put_link("/a/folder", "b");
	put_link("/a/loop", "pool");
	put_link("/a/pool", "loop");
	put_link("/a/self", "self/x");
	put_link("/a/dangling", "nowhere");
	expect_read("/a/relative", "here");
	expect_read("/a/chain", "here");
	expect_read("/a/folder/file", "here");
	expect_read("//a/./folder/..//b/file", "here");
	expect_real("/a/chain", "/a/b/file");
	expect_real("/a/folder/../chain", "/a/b/file");
	expect_real("/a/folder/", "/a/b");
	expect_read("/a/loop", NULL);
	expect_read("/a/self", NULL);
	expect_read("/a/dangling", NULL);
	expect_real("/a/loop", NULL);
	expect_real("/a/dangling", NULL);
	expect_real("/a/none", NULL);
	expect_real("/a/b/file/x", NULL);
	assert_null(world_real(&run, ""));
}

static void
test_readlink(void **state)
{
	const char *to = NULL;

	(void)state;
	put("/file", "");
	put_link("/link", "/nowhere/../x");
	assert_true(world_readlink(&run, at("/link"), &to));
	assert_string_equal(to, "/nowhere/../x");
	assert_false(world_readlink(&run, at("/file"), &to));
	assert_false(world_readlink(&run, at("/"), &to));
	assert_false(world_readlink(&run, at("/none"), &to));
	assert_string_equal(to, "/nowhere/../x");
}

/* Only under --root: whatever a link says, it stays in there. */
static void
test_root_holds(void **state)
{
	(void)state;
	if (!run.root[0])
		return;
	put("/top", "top");
	put_folder("/d");
	put_link("/d/absolute", "/top");
	put_link("/d/up", "../../../../../../top");
	put_link("/d/out", outside);
	put_link("/d/etc", "/etc/passwd");
	put_link("/d/root", "/");
	expect_read("/d/absolute", "top");
	expect_read("/d/up", "top");
	expect_read("/../../top", "top");
	expect_read("/d/root/d/root/top", "top");
	expect_real("/d/root/d/absolute", "/top");
	expect_real("/..", "/");
	expect_read("/d/etc", NULL);
	expect_real("/d/out", NULL);
	assert_false(world_is_dir(&run, "/d/out"));
	/* writing as well */
	assert_false(world_write(&run, "/d/out/file", "x", 1));
	put_folder("/in");
	put_link("/d/in", "/in");
	assert_true(world_write(&run, "/d/in/new/file", "x", 1));
	expect_read("/in/new/file", "x");
	assert_int_equal(rmdir(outside), 0);
	assert_int_equal(mkdir(outside, 0700), 0);
}

static void
test_kinds(void **state)
{
	struct strings names = { 0 };
	struct stat st;

	(void)state;
	put("/file", "x");
	put("/program", "x");
	assert_int_equal(chmod(host("/program"), 0755), 0);
	put("/empty", "");
	put_folder("/folder");
	assert_int_equal(mkfifo(host("/fifo"), 0600), 0);
	put_link("/tofifo", "fifo");
	alarm(5);	/* nothing here may block */
	expect_read("/fifo", NULL);
	expect_read("/tofifo", NULL);
	assert_true(world_stat(&run, at("/fifo"), &st) && S_ISFIFO(st.st_mode));
	assert_false(world_is_file(&run, at("/fifo")));
	assert_false(world_list(&run, at("/fifo"), &names));
	alarm(0);
	expect_read("/folder", NULL);
	assert_int_equal(errno, EISDIR);
	expect_read("/empty", "");
	expect_read("/none", NULL);
	assert_int_equal(errno, ENOENT);
	assert_false(world_list(&run, at("/file"), &names));
	assert_false(world_list(&run, at("/none"), &names));
	assert_true(world_is_program(&run, at("/program")));
	assert_false(world_is_program(&run, at("/file")));
	assert_false(world_is_program(&run, at("/folder")));
	assert_true(world_list(&run, at("/"), &names));
	assert_string_equal(strings_join(&run.arena, &names, " "), "empty fifo file folder program tofifo");
	assert_true(world_list(&run, at("/folder"), &names));
	assert_int_equal(names.n, 0);
	if (getuid() == 0)
		return;
	assert_int_equal(chmod(host("/file"), 0), 0);
	expect_read("/file", NULL);
	assert_int_equal(errno, EACCES);
}

static void
test_devices(void **state)
{
	struct blob blob = { 0 };

	(void)state;
	if (run.root[0])
		return;
	alarm(5);
	assert_false(world_read(&run, "/dev/zero", 10, &blob));
	assert_false(world_read(&run, "/dev/tty", 10, &blob));
	assert_true(world_read(&run, "/proc/self/status", 10, &blob));	/* says that its size is 0 */
	assert_int_equal(blob.size, 10);
	assert_false(world_read(&run, "/proc/self/mem", 10, &blob));	/* opens, and cannot be read */
	assert_int_equal(blob.size, 10);
	alarm(0);
}

static void
test_sizes(void **state)
{
	struct blob blob = { 0 };
	char after[8];

	(void)state;
	put("/huge", "start");
	assert_int_equal(truncate(host("/huge"), (off_t)1 << 40), 0);
	assert_true(world_read(&run, at("/huge"), 100, &blob));
	assert_int_equal(blob.size, 100);
	assert_memory_equal(blob.data, "start\0\0", 7);
	assert_true(world_read_at(&run, at("/huge"), ((size_t)1 << 40) - 3, 100, &blob));
	assert_int_equal(blob.size, 3);
	assert_true(world_read_at(&run, at("/huge"), (size_t)1 << 41, 100, &blob));
	assert_int_equal(blob.size, 0);
	assert_string_equal(blob.data, "");
	assert_true(world_find(&run, at("/huge"), 0, 1 << 20, "st", after, sizeof(after)));
	assert_string_equal(after, "art");
	assert_false(world_find(&run, at("/huge"), 0, 1 << 20, "stop", after, sizeof(after)));
}

/* The needle at every place around the ends of the pieces that are read, whole and cut by the size. */
static void
test_find_at_borders(void **state)
{
	static char text[40000];
	char after[9];

	(void)state;
	for (size_t place = 16384 - 40; place < 16384 + 10; place++) {
		FILE *file = fopen(host("/long"), "w");

		memset(text, '.', sizeof(text));
		memcpy(text + place, "needle=12.4.131\nrest", 20);
		fwrite(text, 1, sizeof(text), file);
		fclose(file);
		assert_true(world_find(&run, at("/long"), 0, sizeof(text), "needle=", after, sizeof(after)));
		assert_string_equal(after, "12.4.131");
		assert_true(world_find(&run, at("/long"), place, sizeof(text), "needle=", after, 5));
		assert_string_equal(after, "12.4");
		assert_true(world_find(&run, at("/long"), 0, place + 9, "needle=", after, sizeof(after)));
		assert_string_equal(after, "12");
		assert_false(world_find(&run, at("/long"), 0, place + 6, "needle=", after, sizeof(after)));
		assert_false(world_find(&run, at("/long"), place + 1, sizeof(text), "needle=", after, sizeof(after)));
	}
}

static void
test_write(void **state)
{
	struct strings names = { 0 };
	struct stat st;

	(void)state;
	assert_true(world_write(&run, at("/new/deep/file"), "one", 3));
	expect_read("/new/deep/file", "one");
	assert_true(world_write(&run, at("/new/deep/file"), "two", 3));
	expect_read("/new/deep/file", "two");
	for (mode_t mask = 0; mask <= 0777; mask += 0111) {
		mode_t before = umask(mask & 0077);

		assert_true(world_write(&run, at("/new/deep/file"), "two", 3));
		umask(before);
		assert_true(world_stat(&run, at("/new/deep/file"), &st));
		assert_int_equal(st.st_mode & 07777, 0666 & ~(mask & 0077));
	}
	assert_true(world_list(&run, at("/new/deep"), &names));
	assert_int_equal(names.n, 1);
	put("/plain", "");
	assert_false(world_write(&run, at("/plain/file"), "x", 1));
	assert_false(world_write(&run, at("/new/deep"), "x", 1));	/* a folder is there */
}

/* In a child, because its mounts and limits are its own. */
static void
in_child(int (*what)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(what());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

static int
own_mounts(void)
{
	if (unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		return 0;
	print_message("mounting needs root\n");
	return 77;
}

static int
fill_disk(void)
{
	static char big[1 << 20];
	struct strings names = { 0 };
	struct blob blob;

	if (own_mounts() || mount("tmpfs", host("/disk"), "tmpfs", 0, "size=64k") < 0)
		return 77;
	if (!world_write(&run, at("/disk/file"), "old", 3))
		return 1;
	if (world_write(&run, at("/disk/file"), big, sizeof(big)) || errno != ENOSPC)
		return 2;
	if (!world_read(&run, at("/disk/file"), 100, &blob) || strcmp(blob.data, "old") != 0)
		return 3;
	return world_list(&run, at("/disk"), &names) && names.n == 1 ? 0 : 4;
}

/* A limit on the size of files is as a full disk, with a handler of its signal as main.c has. */
static void
nothing(int number)
{
	(void)number;
}

static int
write_beyond_limit(void)
{
	static char big[1 << 16];
	struct rlimit most = { 1 << 15, 1 << 15 };
	struct strings names = { 0 };

	signal(SIGXFSZ, nothing);
	if (!world_write(&run, at("/limited/file"), "old", 3) || setrlimit(RLIMIT_FSIZE, &most) < 0)
		return 1;
	if (world_write(&run, at("/limited/file"), big, sizeof(big)) || errno != EFBIG)
		return 2;
	return world_list(&run, at("/limited"), &names) && names.n == 1 ? 0 : 3;
}

/* Descriptors that run out are no word about a place. */
static int
look_with_none(void)
{
	struct rlimit none = { 0, 0 };
	struct strings names = { 0 };
	struct blob blob;

	if (world_is_file(&run, at("/nowhere")) || world_read(&run, at("/nowhere"), 9, &blob) || run.shortage)
		return 1;
	if (setrlimit(RLIMIT_NOFILE, &none) < 0)
		return 2;
	if (world_list(&run, at("/"), &names) || !run.shortage || !strstr(run.shortage, "Too many open files"))
		return 3;
	run.shortage = NULL;
	if (world_read(&run, at("/nowhere"), 9, &blob) || !run.shortage)
		return 4;
	run.shortage = NULL;
	return world_real(&run, at("/")) || !run.shortage ? 5 : 0;
}

static void
test_limits(void **state)
{
	(void)state;
	in_child(write_beyond_limit);
	in_child(look_with_none);
}

/* Nor is a disk that fails, which /proc/self/mem does at 0; but what /proc itself does not tell is not there. */
static void
test_failing_disk(void **state)
{
	struct run failing = { .root = "/proc/self", .environ = run.environ, .cwd = "/" }, here = { .root = "" };
	struct blob blob;

	(void)state;
	assert_false(world_read(&failing, "/mem", 9, &blob));
	assert_string_equal(failing.shortage, "cannot look at /mem: Input/output error");
	assert_false(world_read(&here, "/proc/self/mem", 9, &blob));
	assert_null(here.shortage);
}

/* A writer that was killed left a file that nobody holds; another one is at work. */
static void
test_leftovers(void **state)
{
	const char *name = leftover_name(&run, LEFTOVER_FILE);
	struct strings names = { 0 };
	const char *held;
	int fd;

	(void)state;
	put_folder("/f");
	put(str_format(&run.arena, "/f/%s1-0", name), "half");
	put(str_format(&run.arena, "/f/%s12345-99", name), "half");
	put("/f/.cuenv-notes", "mine");
	put("/f/.cuenv-00000000.1-0", "of another machine, just now");
	put(held = str_format(&run.arena, "/f/%s2-0", name), "half");
	fd = open(host(held), O_RDONLY);
	assert_true(leftover_hold(fd, AT_FDCWD, host(held)));
	assert_true(world_write(&run, at("/f/file"), "x", 1));
	assert_true(world_list(&run, at("/f"), &names));
	assert_string_equal(names.item[names.n - 1], "file");
	assert_int_equal(names.n, run.root[0] ? 6 : 4);	/* under --root nothing is removed */
	close(fd);
}

static void
test_full_disk(void **state)
{
	(void)state;
	put_folder("/disk");
	in_child(fill_disk);
}

static int
hide_proc(void)
{
	static const char *const same[] = { "/a/chain", "/a/folder/../up", "/a/folder", "/", "/a/folder/file" };
	static const char *const none[] = { "/a/loop", "/a/dangling", "/a/b/file/x" };

	const char *real[5];

	for (int i = 0; i < 5; i++)
		real[i] = world_real(&run, at(same[i]));
	if (own_mounts() || mount("tmpfs", "/proc", "tmpfs", 0, NULL) < 0)
		return 77;
	for (int i = 0; i < 5; i++)
		if (!real[i] || !str_same(world_real(&run, at(same[i])), real[i]))
			return i + 1;
	for (int i = 0; i < 3; i++)
		if (world_real(&run, at(none[i])))
			return i + 11;
	return 0;
}

static void
test_without_proc(void **state)
{
	(void)state;
	put_folder("/a");
	put_folder("/a/b");
	put("/a/b/file", "");
	put_link("/a/folder", "./b/");
	put_link("/a/up", at("/a/b/../folder/file"));
	put_link("/a/chain", "up");
	put_link("/a/loop", "loop");
	put_link("/a/dangling", "nowhere");
	in_child(hide_proc);
}

static bool
count_call(int fd, void *context)
{
	++*(int *)context;
	return fcntl(fd, F_GETFD) == FD_CLOEXEC;
}

static void
test_with_file(void **state)
{
	int calls = 0;

	(void)state;
	put("/file", "");
	assert_true(world_with_file(&run, at("/file"), count_call, &calls));
	assert_false(world_with_file(&run, at("/none"), count_call, &calls));
	assert_false(world_with_file(&run, at("/"), count_call, &calls));
	assert_int_equal(calls, 1);
}

static void
test_on_path(void **state)
{
	char *variables[] = { NULL, NULL };

	(void)state;
	put_folder("/one");
	put_folder("/two");
	put("/one/nvcc", "");
	put("/two/nvcc", "");
	put_folder("/two/dir");
	assert_int_equal(chmod(host("/two/nvcc"), 0755), 0);
	run.environ = variables;
	assert_null(world_on_path(&run, "nvcc", 0));
	variables[0] = (char *)str_format(&run.arena, "PATH=:.:~/bin:relative:%s:%s/:%s:", at("/one"), at("/two"), at("/two"));
	assert_string_equal(world_on_path(&run, "nvcc", 0), at("/two/nvcc"));
	assert_string_equal(world_on_path(&run, "nvcc", 1), at("/two/nvcc"));
	assert_null(world_on_path(&run, "nvcc", 2));
	assert_null(world_on_path(&run, "dir", 0));
}

/* No descriptor stays open, whatever failed. */
static void
test_descriptors(void **state)
{
	struct rlimit few = { 64, 64 };

	(void)state;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	for (int i = 0; i < 100; i++) {
		test_with_file(state);
		world_write(&run, at("/file/x"), "", 0);
		world_write(&run, at("/file"), "", 0);
		world_real(&run, at("/file"));
		expect_read("/file", "");
	}
}

static int
set_up(void **state)
{
	static char made[2][32];
	int world = *state != NULL;

	strcpy(made[world], "/tmp/cuenv-world-XXXXXX");
	folder = mkdtemp(made[world]);
	run = (struct run){ .arena = run.arena, .root = world ? folder : "" };
	return folder ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#define TEST(name)                                                                                          \
	{ #name, name, set_up, tear_down, NULL }, { #name " under --root", name, set_up, tear_down, outside }

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_links), TEST(test_readlink), TEST(test_root_holds), TEST(test_kinds), TEST(test_devices),
		TEST(test_sizes), TEST(test_find_at_borders), TEST(test_write), TEST(test_full_disk), TEST(test_limits),
		TEST(test_failing_disk), TEST(test_leftovers),
		TEST(test_without_proc), TEST(test_with_file), TEST(test_on_path), TEST(test_descriptors),
	};
	int failed;

	if (!mkdtemp(outside))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(outside);
	return failed;
}
