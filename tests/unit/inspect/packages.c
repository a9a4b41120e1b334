/* Packages by the folders beside them, and what frameworks' own files say, from files as their wheels hold them. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/package.h"
#include "base/path.h"
#include "base/world.h"
#include "inspect/inspect.h"

static char *nothing[] = { NULL };
static struct run run;
static const char *sites[] = { "/a", "/b" };
static const struct python python = { .site_dirs = { sites, 2 } };
static struct packages packages;

static void
put(const char *path, const char *text)
{
	assert_true(world_write(&run, path, text, strlen(text)));
}

static int
setup(void **state)
{
	char folder[] = "/tmp/cuenv-unit-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	run = (struct run){ .root = str_copy(&run.arena, folder, strlen(folder)), .environ = nothing, .cwd = "/" };
	packages = (struct packages){ 0 };
	return 0;
}

static const char *
version(const char *name)
{
	const struct package *p = package_find(&packages, name);

	return p ? p->version : "none";
}

static void
names(void **state)
{
	(void)state;
	put("/a/onnxruntime_gpu-1.31.1.dist-info/METADATA", "");
	put("/a/PyYAML-6.0.2.egg-info/PKG-INFO", "");
	put("/a/numpy-1.26.4-py3.11.egg-info", "");
	put("/a/torch-2.5.1+cu124.dist-info/RECORD", "");
	put("/a/-1.0.dist-info/RECORD", "");
	put("/a/nothing.dist-info/RECORD", "");
	put("/a/.dist-info/RECORD", "");
	put("/b/numpy-2.0.0.dist-info/RECORD", "");
	put("/b/ninja-1.11-dev.dist-info/RECORD", "");
	inspect_packages(&run, &python, &packages);
	assert_string_equal(version("onnxruntime-gpu"), "1.31.1");
	assert_string_equal(version("pyyaml"), "6.0.2");
	assert_string_equal(version("numpy"), "1.26.4");	/* the first on sys.path */
	assert_string_equal(version("torch"), "2.5.1+cu124");
	assert_string_equal(version("ninja"), "1.11");
	assert_string_equal(version("nothing"), "none");
	assert_int_equal(packages.n, 5);
}

static void
frameworks(void **state)
{
	struct frameworks list = { 0 };

	(void)state;
	put("/b/tensorflow/python/platform/build_info.py",
	    "build_info = collections.OrderedDict([('cpu_compiler', '/usr/lib/llvm-17/bin/clang'), ('cuda_version', '12.3'), "
	    "('cudnn_version', '8'), ('is_cuda_build', True)])\n");
	put("/b/tensorflow-2.17.1.dist-info/METADATA", "");
	put("/b/onnxruntime/capi/build_and_package_info.py",
	    "package_name = 'onnxruntime-gpu'\n__version__ = '1.31.1'\ncuda_version = '13.0'\n");
	put("/b/cupy_cuda117-10.6.0.dist-info/METADATA", "");
	put("/b/jaxlib-0.4.13+cuda12.cudnn89.dist-info/METADATA", "");
	inspect_packages(&run, &python, &packages);
	inspect_frameworks(&run, &python, &packages, &list);
	assert_int_equal(list.n, 4);
	assert_string_equal(list.item[0].name, "TensorFlow");
	assert_string_equal(list.item[0].version, "2.17.1");
	assert_string_equal(list.item[0].cuda, "12.3");
	assert_string_equal(list.item[0].cudnn, "8");
	assert_string_equal(list.item[1].cuda, "13.0");
	assert_null(list.item[1].cudnn);
	assert_string_equal(list.item[2].cuda, "11.7");
	assert_string_equal(list.item[3].cuda, "12");
}

static void
cpu_only(void **state)
{
	struct frameworks list = { 0 };

	(void)state;
	put("/a/tensorflow/python/platform/build_info.py", "build_info = OrderedDict([('is_cuda_build', False)])\n");
	put("/a/jaxlib-0.10.2.dist-info/METADATA", "");
	inspect_packages(&run, &python, &packages);
	inspect_frameworks(&run, &python, &packages, &list);
	assert_int_equal(list.n, 2);
	assert_null(list.item[0].cuda);
	assert_null(list.item[1].cuda);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names, setup),
		cmocka_unit_test_setup(frameworks, setup),
		cmocka_unit_test_setup(cpu_only, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
