#define _GNU_SOURCE
#include "base/pc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static bool
read_text(struct run *run, const char *text, struct pc *out)
{
	char path[] = "/tmp/cuenv-pc-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	ok = pc_read(run, path, out);
	unlink(path);
	return ok;
}

#define REST "Name: x\nDescription: d\nVersion: 1\n"

static void
test_words(void **state)
{
	struct run run = { .root = "" };
	struct pc pc;

	(void)state;
	assert_true(read_text(&run, "cudaroot=/a b\\#c\nlib=${cudaroot}/lib\n" REST
			      "Libs: \"-L${lib}\" -lcudart\nCflags: \"-I${cudaroot}/include\"\n", &pc));
	assert_string_equal(strings_join(&run.arena, &pc.words, "|"), "-I/a b#c/include|-L/a b#c/lib|-lcudart");
	assert_string_equal(pc_value(&pc, "cudaroot"), "/a b#c");
	assert_string_equal(pc_value(&pc, "lib"), "/a b#c/lib");
	assert_null(pc_value(&pc, "prefix"));
}

static void
test_none(void **state)
{
	struct run run = { .root = "" };
	struct pc pc;

	(void)state;
	assert_false(read_text(&run, "", &pc));
	assert_false(read_text(&run, "not one\n", &pc));
	assert_false(read_text(&run, "Name: x\nDescription: d\n", &pc));
	assert_false(pc_read(&run, "/nonexistent", &pc));
	assert_true(read_text(&run, REST, &pc));
	assert_int_equal(pc.words.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words), cmocka_unit_test(test_none) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
