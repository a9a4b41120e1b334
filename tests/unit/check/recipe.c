/* How torch's own build quotes what it calls, read from lines of its utils/cpp_extension.py as they were released. */
#define _GNU_SOURCE
#include "check/recipe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/world.h"

static struct run run = { .root = "", .cwd = "/" };

static struct recipe
recipe(const char *text)
{
	char folder[] = "/tmp/cuenv-test.XXXXXX";
	struct torch torch = { .cxx_std = 17 };
	struct recipe recipe;

	assert_non_null(mkdtemp(folder));
	torch.dir = torch.lib_dir = folder;
	assert_true(world_write(&run, path_join(&run.arena, folder, "utils/cpp_extension.py"), text, strlen(text)));
	recipe_read(&run, &torch, &recipe);
	assert_int_equal(system(str_format(&run.arena, "rm -rf %s", folder)), 0);
	return recipe;
}

static void
reads_what_is_quoted(void **state)
{
	struct recipe old = recipe("config.append(f'cxx = {compiler}')\nnvcc = _join_cuda_home('bin', 'nvcc')\n");
	struct recipe middle = recipe("config.append(f'cxx = {compiler}')\nif \"PYTORCH_NVCC\" in os.environ:\n"
				      "nvcc = _join_cuda_home('bin', 'nvcc')\n");
	struct recipe new = recipe("config.append(f'cxx = {_shell_join(_wrap_compiler(compiler))}')\n"
				   "if \"PYTORCH_NVCC\" in os.environ:\nnvcc = _shell_join(_wrap_compiler(nvcc))\n");

	(void)state;
	assert_false(old.quotes_cxx || old.quotes_nvcc || old.nvcc_variable);
	assert_false(middle.quotes_cxx || middle.quotes_nvcc);
	assert_true(middle.nvcc_variable);
	assert_true(new.quotes_cxx && new.quotes_nvcc && new.nvcc_variable);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads_what_is_quoted) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
