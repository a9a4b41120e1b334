/* Sources as text: what is counted, and what is not because a condition stands above it or nobody runs it. */
#include "check/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct run run = { .root = "", .cwd = "/" };

static struct profile
setup(const char *text)
{
	struct blob blob = { (char *)text, strlen(text) };
	struct profile profile = { 0 };

	tree_setup(&run, "/x/setup.py", &blob, &profile);
	return profile;
}

static void
takes_the_newest_std(void **state)
{
	struct profile p = setup("if old:\n    f = ['-std=c++14']\nelse:\n    f = ['-std=c++17', '-O3']\n# -std=c++23\n");

	(void)state;
	assert_int_equal(p.pins.n, 1);
	assert_int_equal(p.pins.item[0].std, 17);
	assert_string_equal(p.pinned_by, "/x/setup.py");
	assert_int_equal(setup("f = '/std:c++17'\n").pins.n, 0);
}

static void
knows_the_last_python(void **state)
{
	struct profile p = setup("def get_version():\n    exec(compile(f.read(), v, 'exec'))\n    return locals()['__version__']\n");

	(void)state;
	assert_int_equal(p.python_max.part[1], 12);
	assert_non_null(strstr(p.python_max_why, "/x/setup.py:3: "));
	assert_int_equal(setup("x = locals()\n").python_max.n, 0);
}

static void
knows_versions_and_defines(void **state)
{
	struct profile p = setup("setup(name='x', version='1.4.0', a=['-DWITH_CUDA', \"-DN=3\", '-D'])\n");

	(void)state;
	assert_string_equal(p.version, "1.4.0");
	assert_int_equal(p.defines.n, 2);
	assert_string_equal(p.defines.item[1], "N=3");
	assert_false(p.by_cmake);
	assert_true(setup("class CMakeBuild(build_ext):\n").by_cmake);
}

static void
counts_what_is_always_imported(void **state)
{
	struct profile p = setup("import os\nfrom pkg_resources import x\ntry:\n    import torch\n    import psutil\nexcept E:\n"
				 "    pass\nimport torchvision\n");

	(void)state;
	assert_int_equal(p.imports.n, 2);
	assert_string_equal(p.imports.item[0], "pkg_resources");
	assert_string_equal(p.imports.item[1], "torch");
	assert_string_equal(p.imported_by.item[0], "/x/setup.py:2: from pkg_resources import x");
}

static void
counts_archs_without_a_condition_on_versions(void **state)
{
	struct profile p = setup("if HIP:\n    pass\nelse:\n    f.append('arch=compute_53,code=sm_53')\n"
				 "    if bare_metal_version >= Version('11.8'):\n        f.append('arch=compute_90,code=sm_90')\n"
				 "    elif x:\n        f.append('arch=compute_91,code=sm_91')\n"
				 "    else:\n        f.append('arch=compute_92,code=sm_92')\n    f.append('arch=compute_80,code=sm_80')\n");

	(void)state;
	assert_int_equal(p.archs.n, 2);
	assert_string_equal(p.archs.item[0], "53");
	assert_string_equal(p.archs.item[1], "80");
}

static void
knows_names_and_switches(void **state)
{
	struct profile p = setup("os.getenv('FORCE_CUDA', '0')\next(\n    name=ext_name)\nsetup(\n    name='mmcv' if x else 'lite',\n)\n");

	(void)state;
	assert_string_equal(p.name, "mmcv");
	assert_int_equal(p.env_no_gpu.n, 1);
	assert_false(p.exact);
	assert_false(setup("def check_cuda_torch_binary_vs_bare_metal(d):\n    pass\n").exact);
	assert_true(setup("    check_cuda_torch_binary_vs_bare_metal(CUDA_HOME)\n").exact);
}

static void
reads_projects(void **state)
{
	static const char text[] = "[build-system]\nrequires = [\n  \"setuptools>=61\",\n  'torch >= 2.7', # the user's\n]\n"
				   "[project]\nname = \"mine\"\n[tool.x]\nrequires = [\"ninja\"]\nname = \"other\"\n";
	static const char cmake[] = "set(CMAKE_CXX_STANDARD 14)\n# set(CMAKE_CUDA_STANDARD 20)\nfind_package(Torch REQUIRED)\n";
	struct blob blob = { (char *)text, strlen(text) }, lists = { (char *)cmake, strlen(cmake) };
	struct profile p = { 0 }, c = { 0 };

	(void)state;
	tree_pyproject(&run, "/x/pyproject.toml", &blob, &p);
	assert_int_equal(p.imports.n, 2);
	assert_string_equal(p.imports.item[1], "torch");
	assert_string_equal(p.name, "mine");
	tree_cmake(&run, "/x/CMakeLists.txt", &lists, &c);
	assert_int_equal(c.pins.item[0].std, 14);
	assert_true(c.finds_torch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_newest_std), cmocka_unit_test(counts_what_is_always_imported),
		cmocka_unit_test(counts_archs_without_a_condition_on_versions), cmocka_unit_test(knows_names_and_switches),
		cmocka_unit_test(reads_projects), cmocka_unit_test(knows_the_last_python),
		cmocka_unit_test(knows_versions_and_defines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
