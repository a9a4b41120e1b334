#define _GNU_SOURCE
#include "scan/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static char *nothing[] = { NULL };

static struct run
fresh(void)
{
	return (struct run){ .root = "", .cwd = "/", .environ = nothing };
}

static struct version
version(const char *text)
{
	struct version out = { 0 };

	version_parse(text, &out, NULL);
	return out;
}

static void
test_find(void **state)
{
	struct run run = fresh();
	struct api api;

	(void)state;
	assert_true(api_find(&run, "torch", "THC/THC.h", &api));
	assert_string_equal(api.kind, "header");
	assert_non_null(api.instead);
	assert_false(api_find(&run, "CUDA", "THC/THC.h", &api));
	assert_false(api_find(&run, "torch", "ATen/ATen.h", &api));
	assert_false(api_find(&run, "torch", "", &api));
	assert_true(api_find(&run, "CUDA", "texture", &api));
	assert_true(api_find(&run, "CUDA", "cudaThreadSynchronize", &api));
	assert_string_equal(api.of, "CUDA");
	/* at has all of c10. */
	assert_true(api_find(&run, "torch", "c10::either", &api));
	assert_true(api_find(&run, "torch", "at::either", &api));
	assert_string_equal(api.name, "c10::either");
	assert_false(api_find(&run, "torch", "either", &api));
	/* By hand and by script: the hand counts. */
	assert_true(api_find(&run, "CUDA", "cudaBindTexture", &api));
	assert_int_equal(api.until.part[0], 12);
	assert_int_equal(api.had.n, 0);
}

static int
has(const struct api *api, const char *release)
{
	struct version v = version(release);

	return api_has(api, &v);
}

static void
test_has(void **state)
{
	struct api exact = { .until = { 2, { 1, 11, 0, 0 } } };
	struct api between = { .since = { 2, { 11, 8, 0, 0 } }, .lacked = { 2, { 11, 2, 0, 0 } }, .until = { 2, { 13, 0, 0, 0 } },
			       .had = { 2, { 12, 4, 0, 0 } } };

	(void)state;
	assert_int_equal(has(&exact, "1.10.2"), 1);
	assert_int_equal(has(&exact, "1.11.0"), 0);
	assert_int_equal(has(&exact, "2.0"), 0);
	assert_int_equal(has(&exact, ""), -1);
	assert_int_equal(has(&between, "11.2.152"), 0);
	assert_int_equal(has(&between, "11.5"), -1);
	assert_int_equal(has(&between, "11.8.89"), 1);
	assert_int_equal(has(&between, "12.4.131"), 1);
	assert_int_equal(has(&between, "12.9"), -1);
	assert_int_equal(has(&between, "13.0.88"), 0);
}

static void
test_says(void **state)
{
	struct run run = fresh();
	struct version old = version("2.0.1"), new = version("13.0");
	struct api api;

	(void)state;
	api_find(&run, "torch", "THC/THC.h", &api);
	assert_string_equal(api_says(&run, &api, &old), "THC/THC.h left torch in 1.11");
	api_find(&run, "CUDA", "cudaThreadSynchronize", &api);
	assert_string_equal(api_says(&run, &api, &new), "cudaThreadSynchronize is in CUDA 12.4, and no more in 13.0");
	api_find(&run, "torch", "ATen/cuda/CUDAContextLight.h", &api);
	assert_string_equal(api_says(&run, &api, &old), "ATen/cuda/CUDAContextLight.h is in torch 2.5.1, and not yet in 2.0.1");
	api = (struct api){ .name = "x", .of = "torch", .since = { 2, { 2, 1, 0, 0 } } };
	assert_string_equal(api_says(&run, &api, &old), "x came with torch 2.1");
}

/* A table of the user's takes the place of cuenv's, whatever is wrong in it. */
static void
test_own_table(void **state)
{
	static char folder[] = "/tmp/cuenv-api-XXXXXX", variable[64], *with[] = { variable, NULL };
	struct run run = fresh();
	struct api api;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(variable, sizeof(variable), "CUENV_DATA=%s", folder);
	run.environ = with;
	file = fopen(str_format(&run.arena, "%s/apis.json", folder), "w");
	assert_non_null(file);
	fputs("{\"rows\": [{\"of\": \"torch\", \"name\": \"mine\", \"kind\": \"macro\", \"until\": \"2.2\"}, {\"name\": 7}, 3, {}],"
	      " \"torch\": {\"releases\": [\"1.0\", \"2.0\", 5], \"groups\": [{\"first\": \"2.0\", \"last\": null,"
	      " \"types\": [\"  at::New   at::Newer \", 4, \"\"]}, {\"first\": 1, \"types\": {}}, null]}}", file);
	fclose(file);
	assert_true(api_find(&run, "torch", "mine", &api));
	assert_false(api_find(&run, "torch", "THC/THC.h", &api));
	assert_true(api_find(&run, "torch", "torch::Newer", &api));
	assert_int_equal(api.since.part[0], 2);
	assert_int_equal(api.lacked.part[0], 1);
	assert_null(run.error);
	unlink(str_format(&run.arena, "%s/apis.json", folder));
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_has),
		cmocka_unit_test(test_says),
		cmocka_unit_test(test_own_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
