/* Which version a library is of, by its wheel; and which two are one release or copies of one file. */
#define _GNU_SOURCE
#include "check/loaded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/world.h"

static struct run run = { .root = "", .cwd = "/" };
static char top[] = "/tmp/cuenv-test.XXXXXX";

static const char *
write_file(const char *path, const char *text, size_t size)
{
	const char *file = path_join(&run.arena, top, path);

	for (const char *at = file + strlen(top) + 1; (at = strchr(at, '/')); at++)
		mkdir(str_copy(&run.arena, file, (size_t)(at - file)), 0700);
	assert_true(world_write(&run, file, text, size));
	return file;
}

static void
wheels_of_cuda_13_share_a_folder(void **state)
{
	const char *cudart = write_file("site-packages/nvidia/cu13/lib/libcudart.so.13", "x", 1);
	const char *blas = write_file("site-packages/nvidia/cu13/lib/libcublasLt.so.13", "x", 1);
	const char *rt12 = write_file("site-packages/nvidia/cuda_runtime/lib/libcudart.so.12", "x", 1);

	(void)state;
	write_file("site-packages/nvidia_cuda_runtime-13.0.96.dist-info/METADATA", "", 0);
	write_file("site-packages/nvidia_cublas-13.1.0.3.dist-info/METADATA", "", 0);
	write_file("site-packages/nvidia_cuda_runtime_cu12-12.4.127.dist-info/METADATA", "", 0);
	assert_string_equal(loaded_version(&run, cudart), "13.0.96");
	assert_string_equal(loaded_version(&run, blas), "13.1.0.3");
	assert_string_equal(loaded_version(&run, rt12), "12.4.127");
}

static void
a_build_number_makes_no_other_release(void **state)
{
	(void)state;
	assert_true(loaded_same_version("9.19.0", "9.19.0.56"));
	assert_true(loaded_same_version("9.1.0.70", "9.1.0.70"));
	assert_true(loaded_same_version("2.21.5", "2.21.5"));
	assert_false(loaded_same_version("9.1.0.70", "9.1.1.17"));
	assert_false(loaded_same_version("9.1.0", "9.10.0"));
	assert_false(loaded_same_version("12.4", "12.4.127"));
	assert_false(loaded_same_version("12.4.99", "12.4.127"));
	assert_false(loaded_same_version(NULL, NULL));
	assert_false(loaded_same_version("9.1.0", NULL));
}

static void
copies_are_one_file(void **state)
{
	static char big[200000];
	const char *a, *b, *c, *d;

	(void)state;
	a = write_file("a.so", big, sizeof(big));
	b = write_file("b.so", big, sizeof(big));
	big[sizeof(big) - 1] = 1;
	c = write_file("c.so", big, sizeof(big));
	d = write_file("d.so", big, sizeof(big) - 1);
	assert_true(loaded_same_content(&run, a, b));
	assert_false(loaded_same_content(&run, a, c));
	assert_false(loaded_same_content(&run, a, d));
	assert_false(loaded_same_content(&run, a, "/nowhere"));
}

static int
make(void **state)
{
	(void)state;
	return mkdtemp(top) ? 0 : -1;
}

static int
clean(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -r %s", top));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wheels_of_cuda_13_share_a_folder),
		cmocka_unit_test(a_build_number_makes_no_other_release),
		cmocka_unit_test(copies_are_one_file),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
