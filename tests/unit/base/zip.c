/* Zip files made by hand: stored members, and each way in which one is not what it says. */
#define _GNU_SOURCE
#include "base/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/world.h"

static struct run run;
static char folder[] = "/tmp/cuenv-test.XXXXXX";
static unsigned char bytes[4096];
static size_t size;

static void
put(unsigned long value, int n)
{
	for (; n--; value >>= 8)
		bytes[size++] = (unsigned char)value;
}

static void
put_text(const char *text)
{
	memcpy(bytes + size, text, strlen(text));
	size += strlen(text);
}

struct lie { int flags, method; unsigned long grows, count; };

/* One member; lie changes what is said of it. */
static const char *
make(const char *name, const char *text, struct lie lie)
{
	unsigned long sum = crc32(0, (const unsigned char *)text, (unsigned)strlen(text)), length = strlen(text), at;
	const char *path = path_join(&run.arena, folder, "x.whl");

	size = 0;
	put_text("PK\3\4");
	put(20, 2), put(0, 2), put(0, 2), put(0, 4), put(sum, 4), put(length, 4), put(length, 4);
	put(strlen(name), 2), put(0, 2);
	put_text(name), put_text(text);
	at = size;
	put_text("PK\1\2");
	put(20, 2), put(20, 2), put((unsigned)lie.flags, 2), put((unsigned)lie.method, 2), put(0, 4), put(sum, 4), put(length, 4);
	put(length + lie.grows, 4), put(strlen(name), 2), put(0, 12), put(0, 4);
	put_text(name);
	length = size - at;
	put_text("PK\5\6");
	put(0, 6), put(1 + lie.count, 2), put(length, 4), put(at, 4), put(0, 2);
	assert_true(world_write(&run, path, bytes, size));
	return path;
}

static bool
reads(const char *path)
{
	struct zip_members members = { 0 };
	struct blob text;

	run.error = NULL;
	return zip_list(&run, path, &members) && zip_read(&run, path, &members.item[0], 1 << 20, &text) &&
	       strcmp(text.data, "words") == 0;
}

static bool
unpacks(const char *path)
{
	struct zip_members members = { 0 };

	run.error = NULL;
	return zip_list(&run, path, &members) && zip_unpack(&run, path, &members.item[0], folder);
}

static void
reads_and_unpacks(void **state)
{
	const char *path = make("a/b.so", "words", (struct lie){ 0 });
	struct zip_members members = { 0 };
	struct blob text;

	(void)state;
	assert_true(reads(path));
	assert_true(zip_list(&run, path, &members));
	assert_true(zip_unpack(&run, path, &members.item[0], folder));
	assert_true(world_read(&run, path_join(&run.arena, folder, "a/b.so"), 99, &text));
	assert_string_equal(text.data, "words");
	assert_false(zip_unpack(&run, path, &members.item[0], folder));	/* what is there stays */
}

static void
refuses_lies(void **state)
{
	static const char *const names[] = { "/a", "../a", "a/../../b", "a/..", "\\a", "c:a" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(reads(make(names[i], "words", (struct lie){ 0 })));
		assert_non_null(strstr(run.error, "leads out"));
	}
	assert_true(reads(make("..a/b..", "words", (struct lie){ 0 })));
	assert_false(reads(make("a", "words", (struct lie){ .flags = 1 })));
	assert_non_null(strstr(run.error, "encrypted"));
	assert_false(reads(make("a", "words", (struct lie){ .method = 12 })));
	assert_non_null(strstr(run.error, "method 12"));
	assert_false(reads(make("a", "words", (struct lie){ .grows = 1 })));
	assert_non_null(strstr(run.error, "damaged"));
	assert_false(reads(make("a", "words", (struct lie){ .grows = 2 << 20 })));
	assert_non_null(strstr(run.error, "up to 1 MB are read"));
	assert_false(unpacks(make("a", "words", (struct lie){ .grows = 900000 })));
	assert_non_null(strstr(run.error, "not unpacked"));
	assert_false(reads(make("a", "words", (struct lie){ .count = 7 })));
	assert_non_null(strstr(run.error, "directory is damaged"));
	assert_false(reads(make("a", "words", (struct lie){ .method = 8 })));	/* that is no deflated stream */
}

static void
survives_every_cut(void **state)
{
	const char *path = make("a/b.so", "words", (struct lie){ 0 });
	size_t whole = size;

	(void)state;
	for (size_t n = 0; n < whole; n++) {
		assert_true(world_write(&run, path, bytes, n));
		assert_false(reads(path));
		assert_non_null(run.error);
	}
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
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads_and_unpacks), cmocka_unit_test(refuses_lies),
					    cmocka_unit_test(survives_every_cut) };

	return cmocka_run_group_tests(tests, begin, end);
}
