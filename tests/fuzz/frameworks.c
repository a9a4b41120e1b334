/* Any bytes as what a framework's wheel says of itself, as cudnn_version.h and as a GPU's information. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "fuzz.h"
#include "inspect/inspect.h"

static void
put(struct run *run, const char *folder, const char *path, const uint8_t *data, size_t size)
{
	char *whole = (char *)str_format(&run->arena, "%s/%s", folder, path);

	for (char *at = whole + strlen(folder) + 1; (at = strchr(at, '/')); *at++ = '/') {
		*at = '\0';
		mkdir(whole, 0700);
	}
	fuzz_folder(path, data, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *nothing[] = { NULL };
	const char *folder = fuzz_folder("bin/x", data, size), *site = "/site";
	struct run run = { .root = folder, .cwd = "/", .environ = nothing };
	struct python python = { .site_dirs = { &site, 1 } };
	struct machine machine = { .python = &python };
	struct computer computer;

	put(&run, folder, "site/tensorflow/python/platform/build_info.py", data, size);
	put(&run, folder, "site/paddle/version/__init__.py", data, size);
	put(&run, folder, "usr/include/cudnn_version.h", data, size);
	put(&run, folder, "usr/lib64/libcudnn.so.9", data, size);
	put(&run, folder, "lib64/libc.so.6", data, size);
	put(&run, folder, "etc/ld.so.conf", data, size);
	put(&run, folder, "proc/driver/nvidia/gpus/0/information", data, size);
	inspect_packages(&run, &python, &machine.packages);
	inspect_frameworks(&run, &python, &machine.packages, &machine.frameworks);
	inspect_cudnns(&run, &machine, &machine.cudnns);
	inspect_libcudas(&run, &machine.libcudas);
	inspect_gpus(&run, &machine.gpus);
	inspect_computer(&run, &computer);
	if (run.error || machine.gpus.n != 1 || machine.cudnns.n != 1)
		abort();
	fuzz_end();
	return 0;
}
