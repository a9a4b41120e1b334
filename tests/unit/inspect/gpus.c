#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static char *nothing[] = { NULL };
static struct run run;

static void
new_root(void)
{
	char folder[] = "/tmp/cuenv-unit-XXXXXX";

	assert_non_null(mkdtemp(folder));
	run = (struct run){ .root = str_copy(&run.arena, folder, sizeof(folder) - 1), .environ = nothing, .cwd = "/" };
}

static void
put(const char *path, const char *text)
{
	assert_true(world_write(&run, path, text, __builtin_strlen(text)));
}

static struct gpus
gpus(void)
{
	struct gpus list = { 0 };

	inspect_gpus(&run, &list);
	return list;
}

static void
names(void **state)
{
	static const char *const known[][2] = {
		{ "NVIDIA A100-SXM4-80GB", "80" }, { "Tesla T4", "75" }, { "NVIDIA L40S", "89" }, { "NVIDIA A10G", "86" },
		{ "Tesla V100-SXM2-16GB", "70" }, { "NVIDIA GeForce RTX 5090", "120" }, { "NVIDIA B200", "100" },
		{ "Quadro RTX 6000", "75" }, { "NVIDIA RTX 6000 Ada Generation", "89" }, { "NVIDIA H100 PCIe", "90" },
		{ "NVIDIA GeForce GTX 1080 Ti", "61" }, { "Tesla K80", "37" }, { "NVIDIA GB10", "121" },
		{ "NVIDIA RTX PRO 6000 Blackwell Workstation Edition", "120" }, { "NVIDIA TITAN X (Pascal)", "61" },
		{ "NVIDIA GeForce GTX TITAN X", "52" }, { "NVIDIA Jetson AGX Orin Developer Kit", "87" },
	};

	(void)state;
	new_root();
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_string_equal(inspect_gpu_arch(&run, known[i][0]), known[i][1]);
	assert_null(inspect_gpu_arch(&run, "NVIDIA Unheard of"));
	assert_null(inspect_gpu_arch(&run, ""));
}

static void
who_names_them(void **state)
{
	(void)state;
	new_root();
	assert_int_equal(gpus().n, 0);
	put("/sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n");
	put("/sys/bus/pci/devices/0000:01:00.0/class", "0x030000\n");
	put("/sys/bus/pci/devices/0000:01:00.0/device", "0x2504\n");
	put("/sys/bus/pci/devices/0000:01:00.1/vendor", "0x10de\n");
	put("/sys/bus/pci/devices/0000:01:00.1/class", "0x040300\n");	/* its sound */
	put("/sys/bus/pci/devices/0000:02:00.0/vendor", "0x8086\n");
	put("/sys/bus/pci/devices/0000:02:00.0/class", "0x030000\n");
	assert_int_equal(gpus().n, 1);
	assert_string_equal(gpus().item[0].name, "NVIDIA GPU 10de:2504");
	assert_null(gpus().item[0].arch);
	put("/proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA GeForce RTX 3060\nIRQ: 1\n");
	put("/proc/driver/nvidia/gpus/0000:03:00.0/information", "IRQ: 1\n");
	assert_int_equal(gpus().n, 2);
	assert_string_equal(gpus().item[0].name, "NVIDIA GeForce RTX 3060");
	assert_string_equal(gpus().item[0].arch, "86");
	assert_string_equal(gpus().item[1].name, "?");
	assert_null(gpus().item[1].arch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(who_names_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
