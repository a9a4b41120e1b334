#define _GNU_SOURCE
#include "inspect/inspect.h"

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
#include "base/str.h"
#include "inspect/torch_parts.h"

#define SITE "/env/lib/python3.11/site-packages"
#define NEW_STRING "RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"

static struct run run;
static struct python python = { .prefix = "/env", .base_prefix = "/env", .tag = "cp311" };
static char folder[] = "/tmp/cuenv-torch-XXXXXX";

/* format gets the root, the word, and the root again. */
__attribute__((format(printf, 1, 0))) static void
shell(const char *format, const char *word)
{
	char command[2048];

	snprintf(command, sizeof(command), format, folder, word, folder);
	assert_int_equal(system(command), 0);
}

static void
put(const char *path, const char *text, size_t size)
{
	FILE *file;

	shell("mkdir -p \"$(dirname '%s%s')\"", path);
	file = fopen(str_format(&run.arena, "%s%s", folder, path), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, size, file), size);
	fclose(file);
}

static void
put_text(const char *path, const char *text)
{
	put(path, text, strlen(text));
}

/* A shared library out of one line of C; options hold its name. */
static void
put_library(const char *code, const char *options)
{
	put_text("/code.c", code);
	shell("cd %s/env && cc -shared -nostdlib -fPIC -x c ../code.c -x none %s", options);
}

static void
start(const char *version)
{
	shell("rm -rf %s/env %s", "");
	shell("mkdir -p %s" SITE "/torch/lib %s", "");
	put_text(SITE "/torch/__init__.py", "");
	put_text(SITE "/torch/version.py", version);
}

static bool
look(struct torch *torch)
{
	bool found = inspect_torch(&run, &python, torch);

	assert_null(run.error);
	return found;
}

static void
reads_version(void **state)
{
	static const struct { const char *text, *version, *hip; int cuda; } cases[] = {
		{ "__version__ = '2.5.1+cu124'\ncuda: Optional[str] = '12.4'\nhip: Optional[str] = None\n", "2.5.1+cu124", NULL, 12 },
		{ "__version__='1.13.1+cu117'\r\ncuda='11.7'\r\nhip=None\r\n", "1.13.1+cu117", NULL, 11 },
		{ "__version__: Final[str] = \"2.7\"  # ours\ncuda = \"12.8\"#x", "2.7", NULL, 12 },
		{ "__version__ = '2.3'\ncuda: Optional[str] = None\nhip: Optional[str] = '6.0.32830-d62f6a171'", "2.3", "6.0.32830-d62f6a171", 0 },
		{ "__version__ = '1'\n__version__ = '2.0'\ncuda_home = '9.9'\n", "2.0", NULL, 0 },
		{ "__version__ = '2.0\ncuda = 12.4\n", NULL, NULL, 0 },
		{ "__version__ = '2.0' + local\n", NULL, NULL, 0 },
		{ "__version__ = '2.0' if x else '3.0'\n", NULL, NULL, 0 },
		{ "__version__ = '2.\xff'\n", NULL, NULL, 0 },
		{ "__version__ = '2.\\x31'\n", NULL, NULL, 0 },
		{ "__version__ = ''\n", NULL, NULL, 0 },
		{ "__version__ =", NULL, NULL, 0 },
		{ "__version__", NULL, NULL, 0 },
		{ "  __version__ = '1'\n#__version__ = '1'\n", NULL, NULL, 0 },
		{ "\xff\xfe_\0_", NULL, NULL, 0 },
		{ "", NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct torch torch;

		start(cases[i].text);
		assert_true(look(&torch));
		assert_true(str_same(torch.version, cases[i].version));
		assert_true(str_same(torch.hip, cases[i].hip));
		assert_int_equal(torch.cuda.n ? torch.cuda.part[0] : 0, cases[i].cuda);
	}
}

/* Any bytes: no crash, and what comes out is plain text. */
static void
reads_anything(void **state)
{
	static const char good[] = "__version__ = '2.5.1+cu124'\ncuda: Optional[str] = '12.4'\nhip = None\n";

	(void)state;
	srand(1);
	start("");
	for (int i = 0; i < 1000; i++) {
		struct torch torch;
		char text[sizeof(good)];
		size_t size = (size_t)rand() % sizeof(good);

		memcpy(text, good, sizeof(good));
		for (int n = rand() % 6; n > 0; n--)
			text[(size_t)rand() % sizeof(text)] = (char)(rand() % 4 ? "'\"=: \n\r#"[rand() % 8] : rand());
		FILE *file = fopen(str_format(&run.arena, "%s" SITE "/torch/version.py", folder), "w");
		fwrite(text, 1, size, file);
		fclose(file);
		torch = (struct torch){ 0 };
		torch_version(&run, &(struct torch){ .dir = SITE "/torch" });
		assert_true(look(&torch));
		for (const char *at = torch.version; at && *at; at++)
			assert_in_range(*at, ' ', '~');
	}
}

static void
reads_abi(void **state)
{
	struct torch torch;

	(void)state;
	start("__version__ = '2.0'\n");
	put_library("int f(int) __asm__(\"_ZN3c106detail14torchCheckFailEPKcS2_jRKSs\"); int f(int x) { return x; }",
		    "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	put_text(SITE "/torch/share/cmake/Torch/TorchConfig.cmake", "set(TORCH_CXX_FLAGS \"-D_GLIBCXX_USE_CXX11_ABI=1\")");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx11_abi, 0);
	assert_true(str_starts(torch.cxx11_abi_from, SITE "/torch/lib/libc10.so: "));
	put_library("int f(int) __asm__(\"_ZN3c106detail14torchCheckFailEPKcS2_j" NEW_STRING "\"); int f(int x) { return x; }",
		    "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx11_abi, 1);
	put_library("int f(int x) { return x; }", "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	put_text(SITE "/torch/share/cmake/Torch/TorchConfig.cmake", "set(TORCH_CXX_FLAGS \"-D_GLIBCXX_USE_CXX11_ABI=0\")");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx11_abi, 0);
	assert_string_equal(torch.cxx11_abi_from, SITE "/torch/share/cmake/Torch/TorchConfig.cmake");
	put_text(SITE "/torch/share/cmake/Torch/TorchConfig.cmake", "set(TORCH_CXX_FLAGS \"-D_GLIBCXX_USE_CXX11_ABI=\")");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx11_abi, -1);
	assert_null(torch.cxx11_abi_from);
}

static void
reads_cxx_std(void **state)
{
	struct torch torch;

	(void)state;
	start("__version__ = '1.4'\n");
	put_text(SITE "/torch/utils/cpp_extension.py", "# '-std=c++' and -std=c++99\nflags = ['-fPIC', '-std=c++11'] + flags\n");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx_std, 11);
	put_text(SITE "/torch/include/ATen/ATen.h", "#pragma once\n#error C++1 or later\n");
	put_text(SITE "/torch/include/c10/util/C++17.h", "#error You need C++14 to compile PyTorch\n");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx_std, 14);
	put_text(SITE "/torch/include/ATen/ATen.h", "#error C++20 or later compatible compiler is required to use ATen.");
	assert_true(look(&torch));
	assert_int_equal(torch.cxx_std, 20);
	assert_string_equal(torch.cxx_std_from, SITE "/torch/include/ATen/ATen.h");
}

static void
finds_cudart(void **state)
{
	struct torch torch;

	(void)state;
	start("__version__ = '2.0'\ncuda = '12.1'\n");
	put_library("int c10;", "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	put_library("int cudart;", "-o libcudart.so.12 -Wl,-soname,libcudart.so.12");
	put_library("extern int cudart; int *c = &cudart;",
		    "-o lib/python3.11/site-packages/torch/lib/libc10_cuda.so libcudart.so.12 "
		    "'-Wl,-rpath,$ORIGIN/nothing:$ORIGIN/../../nvidia/cuda_runtime/lib:relative'");
	assert_true(look(&torch));
	assert_string_equal(torch.cudart_soname, "libcudart.so.12");
	assert_null(torch.cudart_file);
	shell("cd %s%s && mkdir -p nvidia/cuda_runtime/lib && mv %s/env/libcudart.so.12 nvidia/cuda_runtime/lib", SITE);
	assert_true(look(&torch));
	assert_string_equal(torch.cudart_file, SITE "/nvidia/cuda_runtime/lib/libcudart.so.12");
	assert_string_equal(torch.cudart_from, SITE "/torch/lib/libc10_cuda.so");
}

/* conda-forge: the library is a link into the environment's lib, where the runtime lies. */
static void
finds_cudart_of_conda(void **state)
{
	struct torch torch;

	(void)state;
	start("__version__ = '2.0'\n");
	put_library("int c10;", "-o lib/libc10.so");
	put_library("int cudart;", "-o lib/libcudart.so.12 -Wl,-soname,libcudart.so.12");
	put_library("extern int cudart; int *c = &cudart;", "-o lib/libc10_cuda.so lib/libcudart.so.12 '-Wl,-rpath,$ORIGIN'");
	shell("ln -s /env/lib/libc10.so /env/lib/libc10_cuda.so %s%s/torch/lib/", SITE);
	assert_true(look(&torch));
	assert_string_equal(torch.cudart_file, "/env/lib/libcudart.so.12");
	assert_int_equal(torch.cuda.part[0], 12);	/* version.py is silent */
	assert_string_equal(torch.lib_dir, SITE "/torch/lib");
	put_library("extern int cudart; int *c = &cudart;", "-o lib/libc10_cuda.so lib/libcudart.so.12");
	assert_true(look(&torch));
	assert_null(torch.cudart_file);
	shell("mkdir %s/env/conda-meta%s", "");	/* conda's interpreter has a run path of its own */
	assert_true(look(&torch));
	assert_string_equal(torch.cudart_file, "/env/lib/libcudart.so.12");
}

static void
expect_archs(const char *expected)
{
	struct torch torch;

	assert_true(look(&torch));
	assert_string_equal(strings_join(&run.arena, &torch.archs, " "), expected);
	assert_true(!torch.archs_from == !torch.archs.n);
}

static void
reads_archs(void **state)
{
	(void)state;
	start("__version__ = '2.0'\ncuda = '12.1'\n");
	put_library("int c10;", "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	expect_archs("");
	put_library("const char a[] = \"sm_90 or later\", b[] = \"ipc_hsm_70 sm_90a compute_120\", c[] = \"sm_99\", d[] = \"sm_\";",
		    "-o lib/python3.11/site-packages/torch/lib/libtorch_python.so");
	expect_archs("sm_70 sm_90a compute_120");
	put_text(SITE "/torch/include/ATen/ATen.h", "");
	put_text(SITE "/torch/include/ATen/cuda/CUDAConfig.h",
		 "#define NVCC_FLAGS_EXTRA \"-gencode;arch=compute_80,code=[compute_80,sm_80];-gencode;arch=compute_90,code=sm_90\"\n"
		 "// code=sm_10\n");
	expect_archs("compute_80 sm_80 sm_90");
	put_text(SITE "/torch/include/ATen/cuda/CUDAConfig.h", "#define NVCC_FLAGS_EXTRA \"\"");
	expect_archs("sm_70 sm_90a compute_120");
}

static void
expect_cudnn(const char *metadata, const char *expected)
{
	struct torch torch;

	put_text(SITE "/torch-2.0.dist-info/METADATA", metadata);
	assert_true(look(&torch));
	if (expected)
		assert_string_equal(torch.cudnn ? torch.cudnn : "none", expected);
	else
		assert_null(torch.cudnn);
}

static void
reads_cudnn(void **state)
{
	(void)state;
	start("__version__ = '2.0+cu121'\ncuda = '12.1'\n");
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu12 (==8.9.2.26) ; platform_system == \"Linux\" and platform_machine == \"x86_64\"",
		     "8.9.2.26");
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu12==9.1.0.70; platform_system == 'Linux' and python_version < '3.15'\r\n", "9.1.0.70");
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13==9.1; platform_system == \"Windows\" or sys_platform == \"linux\"\n", "9.1");
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13==9.1; platform_machine == \"aarch64\"\n", NULL);
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13==9.1; platform_machine != \"aarch64\"\n", "9.1");
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13==9.1; platform_system == \"Linux\" and extra == \"cuda\"\n", NULL);
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13 ; python_version == '3.9'\n", NULL);
	expect_cudnn("Requires-Dist: nvidia-cudnn-cu13==; a\nRequires-Dist: nvidia-cudnn-cu", NULL);
	put_library("int c10;", "-o lib/python3.11/site-packages/torch/lib/libc10.so");
	put_library("int cudnn;", "-o libcudnn.so.9 -Wl,-soname,libcudnn.so.9");
	put_library("extern int cudnn; int *c = &cudnn;", "-o lib/python3.11/site-packages/torch/lib/libtorch_cuda.so libcudnn.so.9");
	expect_cudnn("", "9");
}

static int
make_root(void **state)
{
	(void)state;
	run.root = mkdtemp(folder);
	run.cwd = "/";
	strings_add(&run.arena, &python.site_dirs, SITE);
	return run.root ? 0 : -1;
}

static int
remove_root(void **state)
{
	(void)state;
	shell("rm -rf %s %s", "");
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_version), cmocka_unit_test(reads_anything), cmocka_unit_test(reads_abi),
		cmocka_unit_test(reads_cxx_std), cmocka_unit_test(finds_cudart), cmocka_unit_test(finds_cudart_of_conda),
		cmocka_unit_test(reads_archs), cmocka_unit_test(reads_cudnn),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
