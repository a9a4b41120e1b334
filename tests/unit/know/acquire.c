#define _POSIX_C_SOURCE 200809L

#include "know/acquire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

/* A system as a folder: files by their path, and the environment of its user. */
static struct run run;
static char dir[] = "/tmp/cuenv-acquire-XXXXXX";
static int made;

static void
file(const char *path, const char *text)
{
	const char *whole = str_format(&run.arena, "%s%s", run.root, path);
	struct run here = { .root = "", .environ = run.environ, .cwd = "/" };

	assert_true(world_write(&here, whole, text, strlen(text)));
}

static void
program(const char *path)
{
	file(path, "#!/bin/sh\n");
	assert_int_equal(chmod(str_format(&run.arena, "%s%s", run.root, path), 0755), 0);
}

/* An empty system; os: its os-release. */
static void
on(const char *os, const char *home)
{
	static char *environ[4];

	environ[0] = (char *)str_format(&run.arena, "HOME=%s", home);
	environ[1] = "PATH=/usr/bin";
	environ[2] = environ[3] = NULL;
	run.environ = environ;
	run.cwd = "/";
	run.root = str_format(&run.arena, "%s/%d", dir, made++);
	file("/etc/os-release", os);
}

static void
variable(const char *text)
{
	((char **)(uintptr_t)run.environ)[2] = (char *)text;
}

#define DEBIAN "ID=debian\nVERSION_ID=\"12\"\n"
#define UBUNTU "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"22.04\"\n"
#define MINT "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"21.2\"\nUBUNTU_CODENAME=jammy\n"
#define FEDORA "ID=fedora\nVERSION_ID=42\n"
#define ROCKY "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n"
#define SUSE "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\nVERSION_ID=\"15.6\"\n"
#define ARCH "ID=arch\n"
#define GENTOO "ID=gentoo\n"
#define NIXOS "ID=nixos\nVERSION_ID=\"24.05\"\n"

static struct torch torch = { .version = "2.5.1+cu124", .dir = "/v/torch", .origin = "pytorch.org wheel", .cuda = { 2, { 12, 4 } } };
static struct python python;
static struct driver driver;
static struct machine machine;

/* The virtual environment /v of /usr/bin/python3.11, with torch of CUDA 12.4 in it. */
static void
with_venv(const char *made_by)
{
	static const char *sites[] = { "/v/lib/python3.11/site-packages" };

	python = (struct python){ .executable = "/v/bin/python", .real = "/usr/bin/python3.11", .prefix = "/v", .base_prefix = "/usr",
				  .tag = "cp311", .version = { 2, { 3, 11 } }, .site_dirs = { sites, 1 } };
	file("/v/pyvenv.cfg", made_by);
	torch.cuda = (struct version){ 2, { 12, 4, 0, 0 } };
	machine = (struct machine){ .python = &python, .torch = &torch };
}

static void
is(struct acquired got, const char *command)
{
	assert_null(got.words);
	assert_string_equal(got.command, command);
}

static void
says(struct acquired got, const char *words)
{
	assert_null(got.command);
	if (!strstr(got.words, words))
		fail_msg("%s\n  does not say: %s", got.words, words);
}

static void
a_compiler_is_the_distributions(void **state)
{
	(void)state;
	on(DEBIAN, "/home/ada");
	is(acquire_compiler(&run, &machine, 0), "sudo apt install g++");
	is(acquire_compiler(&run, &machine, 11), "sudo apt install g++-11");
	is(acquire_compiler(&run, &machine, 15), "sudo apt install g++-12");	/* the newest that it has */
	on(MINT, "/home/ada");
	is(acquire_compiler(&run, &machine, 9), "sudo apt install g++-9");
	on(FEDORA, "/home/ada");
	is(acquire_compiler(&run, &machine, 0), "sudo dnf install gcc-c++");
	on(ROCKY, "/home/ada");
	is(acquire_compiler(&run, &machine, 13), "sudo dnf install gcc-toolset-13 && source /opt/rh/gcc-toolset-13/enable");
	on(SUSE, "/root");
	is(acquire_compiler(&run, &machine, 13), "zypper install gcc13-c++");
	on(ARCH, "/root");
	is(acquire_compiler(&run, &machine, 13), "pacman -S gcc13");
	on(GENTOO, "/root");
	is(acquire_compiler(&run, &machine, 12), "emerge sys-devel/gcc:12");
	on(NIXOS, "/root");
	says(acquire_compiler(&run, &machine, 12), "shell.nix");
}

static void
an_older_compiler_is_condas(void **state)
{
	(void)state;
	on(DEBIAN, "/home/ada");
	program("/usr/bin/conda");
	is(acquire_compiler(&run, &machine, 10), "conda create -p ~/gxx-10 -c conda-forge gxx=10 sysroot_linux-64=2.28 && "
	   "export PATH=~/gxx-10/bin:\"$PATH\"");
}

static void
apt_needs_lists_and_root_no_sudo(void **state)
{
	(void)state;
	on(DEBIAN, "/root");
	assert_int_equal(system(str_format(&run.arena, "mkdir -p %s/var/lib/apt/lists/partial", run.root)), 0);
	is(acquire_compiler(&run, &machine, 0), "apt update && apt install g++");
	file("/var/lib/apt/lists/x_main_binary-amd64_Packages", "");
	is(acquire_compiler(&run, &machine, 0), "apt install g++");
	on(DEBIAN, "/home/ada");
	file("/.dockerenv", "");	/* a user of a container without sudo installs nothing */
	assert_null(strstr(acquired_text(acquire_compiler(&run, &machine, 0)), "apt"));
}

static void
debians_toolkit_is_in_non_free(void **state)
{
	struct version eleven = { 2, { 11, 8, 0, 0 } };

	(void)state;
	on(DEBIAN, "/home/ada");
	file("/etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main\n");
	is(acquire_toolkit(&run, &(struct machine){ 0 }, &eleven),
	   "sudo sed -i -E '/^(deb|Components:)/s/ main( |$)/ main contrib non-free\\1/' /etc/apt/sources.list && sudo apt update && "
	   "sudo apt install nvidia-cuda-toolkit g++");
	file("/etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main contrib non-free\n");
	is(acquire_toolkit(&run, &(struct machine){ 0 }, &eleven), "sudo apt install nvidia-cuda-toolkit g++");
}

static void
a_toolkit_is_of_torchs_major(void **state)
{
	(void)state;
	on(UBUNTU, "/home/ada");	/* whose own is 11.5 */
	with_venv("home = /usr/bin\n");
	is(acquire_toolkit(&run, &machine, NULL),
	   "wget https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/cuda-keyring_1.1-1_all.deb && "
	   "sudo dpkg -i cuda-keyring_1.1-1_all.deb && sudo apt update && sudo apt install cuda-toolkit-12-4");
	file("/etc/apt/sources.list.d/cuda.list", "deb https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64 /\n");
	is(acquire_toolkit(&run, &machine, NULL), "sudo apt install cuda-toolkit-12-4");
	torch.cuda = (struct version){ 2, { 11, 7, 0, 0 } };
	on(UBUNTU, "/home/ada");
	is(acquire_toolkit(&run, &machine, NULL), "sudo apt install nvidia-cuda-toolkit g++");
	on(FEDORA, "/home/ada");	/* whose repository begins with 13.0 */
	assert_non_null(strstr(acquire_toolkit(&run, &machine, NULL).command, "micromamba create -p ~/cuda-11.7 -c nvidia/label/cuda-11.7.0"));
	on(ROCKY, "/home/ada");
	is(acquire_toolkit(&run, &machine, NULL), "sudo dnf config-manager --add-repo https://developer.download.nvidia.com/compute/cuda/"
	   "repos/rhel9/x86_64/cuda-rhel9.repo && sudo dnf install cuda-toolkit-11-7");
	on(NIXOS, "/home/ada");
	says(acquire_toolkit(&run, &machine, NULL), "cudaPackages_11_7");
}

static void
conda_goes_first_where_it_is(void **state)
{
	struct version eight = { 2, { 11, 8, 0, 0 } }, old = { 2, { 11, 1, 0, 0 } };

	(void)state;
	on("ID=void\n", "/home/ada");
	with_venv("home = /usr/bin\n");
	program("/home/ada/miniforge3/bin/conda");
	is(acquire_toolkit(&run, &machine, NULL),
	   "/home/ada/miniforge3/bin/conda create -p ~/cuda-12.4 -c conda-forge cuda-toolkit=12.4 gxx");
	is(acquire_toolkit(&run, &machine, &eight),	/* conda-forge has none before 12 */
	   "/home/ada/miniforge3/bin/conda create -p ~/cuda-11.8 -c nvidia/label/cuda-11.8.0 cuda-toolkit");
	says(acquire_toolkit(&run, &machine, &old), "CUDA 11.1 is in no repository");	/* labels begin at 11.3 */
}

static void
a_module_is_loaded(void **state)
{
	(void)state;
	on(ROCKY, "/home/ada");
	with_venv("home = /usr/bin\n");
	variable("MODULEPATH=/sw/modules");
	file("/sw/modules/cuda/11.8.0.lua", "");
	file("/sw/modules/cuda/12.1.lua", "");
	file("/sw/modules/cuda/12.4.1.lua", "");
	is(acquire_toolkit(&run, &machine, NULL), "module load cuda/12.4.1");
}

/* To get another of the same kind would end where this one is. */
static void
what_is_here_is_made_whole(void **state)
{
	struct toolkit half = { .root = "/c", .nvcc = "/c/bin/nvcc", .version = { 2, { 12, 4 } }, .abilities = CAN_COMPILE,
				.remedy = "export CPATH=/c/targets/x86_64-linux/include" };

	(void)state;
	on(DEBIAN, "/home/ada");
	with_venv("home = /usr/bin\n");
	machine.toolkits = (struct toolkits){ &half, 1 };
	is(acquire_toolkit(&run, &machine, NULL), "export CPATH=/c/targets/x86_64-linux/include");
}

/* PyPI's is linked as -lcudart and nvcc want it, and its parts are of one release. */
static void
pips_toolkit_is_whole(void **state)
{
	struct version thirteen = { 2, { 13, 0, 0, 0 } };

	(void)state;
	on(DEBIAN, "/home/ada");
	with_venv("home = /usr/bin\n");
	file("/v/lib/python3.11/site-packages/pip/__init__.py", "");
	torch.cuda = thirteen;
	is(acquire_toolkit(&run, &machine, NULL),
	   "/v/bin/python -m pip install 'cuda-toolkit[nvcc,cudart,cccl,cublas,cusparse,cusolver]==13.0.*' "
	   "'nvidia-nvvm==13.0.*' 'nvidia-cuda-crt==13.0.*' && "
	   "ln -sf libcudart.so.13 /v/lib/python3.11/site-packages/nvidia/cu13/lib/libcudart.so && "
	   "ln -sfn lib /v/lib/python3.11/site-packages/nvidia/cu13/lib64");
	torch.cuda = (struct version){ 2, { 12, 4, 0, 0 } };	/* beside that torch it would be none of its business */
	file("/usr/lib/python3.11/ensurepip/__init__.py", "");
	assert_true(str_starts(acquire_toolkit(&run, &machine, &thirteen).command,
			       "/v/bin/python -m venv ~/cuda-13.0 && ~/cuda-13.0/bin/python -m pip install "));
}

static void
packages_come_by_what_the_python_has(void **state)
{
	(void)state;
	on(DEBIAN, "/home/ada");
	with_venv("home = /usr/bin\n");
	is(acquire_packages(&run, &python, &torch, "ninja"),
	   "sudo apt install python3.11-venv && /v/bin/python -m ensurepip && /v/bin/python -m pip install ninja");
	file("/usr/lib/python3.11/ensurepip/__init__.py", "");
	is(acquire_packages(&run, &python, &torch, "ninja"), "/v/bin/python -m ensurepip && /v/bin/python -m pip install ninja");
	program("/home/ada/.local/bin/uv");
	is(acquire_packages(&run, &python, &torch, "ninja"), "/home/ada/.local/bin/uv pip install --python /v/bin/python ninja");
	file("/v/lib/python3.11/site-packages/pip-24.0.dist-info/METADATA", "");
	is(acquire_packages(&run, &python, &torch, "ninja"), "/v/bin/python -m pip install ninja");
	on("ID=void\n", "/home/ada");
	with_venv("home = /usr/bin\nuv = 0.9.7\n");	/* who made it with uv has uv */
	is(acquire_packages(&run, &python, &torch, "ninja"), "uv pip install --python /v/bin/python ninja");
}

static void
a_managed_python_takes_none(void **state)
{
	(void)state;
	on(DEBIAN, "/home/ada");
	with_venv("");
	python.executable = "/usr/bin/python3";
	python.prefix = "/usr";
	file("/usr/lib/python3.11/EXTERNALLY-MANAGED", "[externally-managed]\n");
	file("/v/lib/python3.11/site-packages/pip/__init__.py", "");
	is(acquire_packages(&run, &python, NULL, "torch"),
	   "sudo apt install python3.11-venv && /usr/bin/python3 -m venv ~/venv && ~/venv/bin/python -m pip install torch");
	program("/usr/bin/uv");
	is(acquire_packages(&run, &python, NULL, "torch"),
	   "uv venv --python /usr/bin/python3 ~/venv && uv pip install --python ~/venv/bin/python torch");
	file("/usr/lib/python3.11/ensurepip/__init__.py", "");
	is(acquire_packages(&run, &python, NULL, "torch"), "/usr/bin/python3 -m venv ~/venv && ~/venv/bin/python -m pip install torch");
	is(acquire_packages(&run, &python, &torch, "ninja"), "/usr/bin/python3 -m pip install --break-system-packages ninja");
}

static void
a_torch_suits_driver_gpu_and_version(void **state)
{
	struct gpu new = { .name = "NVIDIA GeForce RTX 5090", .arch = "120" };

	(void)state;
	on(DEBIAN, "/home/ada");
	with_venv("home = /usr/bin\n");
	file("/v/lib/python3.11/site-packages/pip/__init__.py", "");
	torch = (struct torch){ .version = "2.7.1+cpu", .dir = "/v/torch", .origin = "pytorch.org wheel" };
	driver = (struct driver){ .version = "550.54.15", .cuda = { 2, { 12, 4 } } };
	machine.driver = &driver;
	is(acquire_torch(&run, &machine), "/v/bin/python -m pip install --force-reinstall torch==2.7.1");
	torch.version = "2.11.0+cpu";	/* whose usual CUDA is 13.0 */
	is(acquire_torch(&run, &machine),
	   "/v/bin/python -m pip install --force-reinstall torch==2.11.0 --index-url https://download.pytorch.org/whl/cu128");
	torch.version = "2.7.1+cpu";
	machine.gpus = (struct gpus){ &new, 1 };
	is(acquire_torch(&run, &machine),
	   "/v/bin/python -m pip install --force-reinstall torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128");
	torch.version = "2.7.1+rocm6.3";
	torch.hip = "6.3";
	file("/usr/lib/python3.11/ensurepip/__init__.py", "");
	assert_true(str_starts(acquire_torch(&run, &machine).command, "/v/bin/python -m venv ~/torch && ~/torch/bin/python -m pip "));
	machine = (struct machine){ .python = &python, .torch = &torch };
	assert_null(acquired_text(acquire_torch(&run, &machine)));	/* nothing of NVIDIA's is here */
	file("/etc/nv_tegra_release", "# R36 (release), REVISION: 4.3, GCID: 1\n");
	driver.cuda = (struct version){ 2, { 12, 6, 0, 0 } };
	torch = (struct torch){ .version = "2.9.1+cpu", .dir = "/v/torch", .origin = "PyPI wheel" };
	machine.driver = &driver;
	is(acquire_torch(&run, &machine),
	   "/v/bin/python -m pip install --force-reinstall torch --index-url https://pypi.jetson-ai-lab.io/jp6/cu126");
	torch = (struct torch){ .version = "2.5.1+cu124", .dir = "/v/torch", .origin = "pytorch.org wheel", .cuda = { 2, { 12, 4 } } };
}

static void
a_driver_is_the_systems(void **state)
{
	(void)state;
	on(FEDORA, "/home/ada");
	assert_true(str_ends(acquire_driver(&run, NULL).command, "sudo dnf install akmod-nvidia xorg-x11-drv-nvidia-cuda"));
	on(ARCH, "/root");
	is(acquire_driver(&run, NULL), "pacman -S nvidia-open nvidia-utils");
	on(SUSE, "/root");
	says(acquire_driver(&run, NULL), "nvidia.com/drivers");
	on(UBUNTU, "/root");
	file("/.dockerenv", "");
	says(acquire_driver(&run, NULL), "docker run --gpus all");
	on(UBUNTU, "/home/ada");
	variable("WSL_DISTRO_NAME=Ubuntu");
	says(acquire_driver(&run, NULL), "Windows");
}

static void
the_newest_is_what_driver_and_gpus_take(void **state)
{
	struct gpu pascal = { .name = "NVIDIA GeForce GTX 1080", .arch = "61" };
	struct machine any = { .driver = &driver };

	(void)state;
	on(DEBIAN, "/home/ada");
	driver = (struct driver){ .version = "550.54.15", .cuda = { 2, { 12, 4 } } };
	assert_string_equal(version_text(&run.arena, &(struct version){ 2, { acquire_newest(&run, &any).part[0],
					 acquire_newest(&run, &any).part[1], 0, 0 } }, 0), "12.9");
	driver.cuda = (struct version){ 2, { 13, 0, 0, 0 } };
	any.gpus = (struct gpus){ &pascal, 1 };
	assert_int_equal(acquire_newest(&run, &any).part[0], 12);	/* 13 does not compile for it */
}

static void
headers_are_packed_apart(void **state)
{
	(void)state;
	on(FEDORA, "/home/ada");
	with_venv("");
	is(acquire_headers(&run, &python), "sudo dnf install python3.11-devel");
	on(SUSE, "/home/ada");
	is(acquire_headers(&run, &python), "sudo zypper install python311-devel");
	python.real = "/home/ada/.pyenv/versions/3.11.9/bin/python3.11";
	says(acquire_headers(&run, &python), "belongs to whatever brought");
}

static int
make_folder(void **state)
{
	(void)state;
	run.environ = (char *[]){ NULL };
	return mkdtemp(dir) ? 0 : -1;
}

static int
remove_folder(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -r %s", dir));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compiler_is_the_distributions),
		cmocka_unit_test(an_older_compiler_is_condas),
		cmocka_unit_test(apt_needs_lists_and_root_no_sudo),
		cmocka_unit_test(debians_toolkit_is_in_non_free),
		cmocka_unit_test(a_toolkit_is_of_torchs_major),
		cmocka_unit_test(conda_goes_first_where_it_is),
		cmocka_unit_test(a_module_is_loaded),
		cmocka_unit_test(what_is_here_is_made_whole),
		cmocka_unit_test(pips_toolkit_is_whole),
		cmocka_unit_test(packages_come_by_what_the_python_has),
		cmocka_unit_test(a_managed_python_takes_none),
		cmocka_unit_test(a_torch_suits_driver_gpu_and_version),
		cmocka_unit_test(a_driver_is_the_systems),
		cmocka_unit_test(the_newest_is_what_driver_and_gpus_take),
		cmocka_unit_test(headers_are_packed_apart),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
