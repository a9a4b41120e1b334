#include "build/torch_dirs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static struct run run = { .root = "", .cwd = "/" };
static struct toolkit toolkit = { .root = "/t" };
static struct python python = { .prefix = "/no" };
static struct torch torch = { .origin = "PyPI wheel", .include_dirs = { (const char *[]){ "/torch/include", "/usr/include" }, 2 } };

static const char *
dirs(char *const *environ)
{
	struct strings found;

	run.environ = environ;
	found = torch_include_dirs(&run, &torch, &python, &toolkit);
	return strings_join(&run.arena, &found, " ");
}

static void
are_torchs(void **state)
{
	(void)state;
	assert_string_equal(dirs((char *[]){ NULL }), "/torch/include /t/include");
	assert_string_equal(dirs((char *[]){ "CUDNN_PATH=/p", "CUDA_INC_PATH=/i", NULL }), "/torch/include /t/include /i /p/include");
	assert_string_equal(dirs((char *[]){ "CUDNN_PATH=/p", "CUDNN_HOME=/h", NULL }), "/torch/include /t/include /h/include");
	assert_string_equal(torch_cudnn_home(&run), "/h");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(are_torchs) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
