/*
 * Which driver there is, without asking it (nvidia-smi and libcuda.so wake the GPU, and hang on a wedged one).
 *
 * The kernel module says its version in /proc/driver/nvidia/version, "… Kernel Module  535.129.03  Thu Oct …", or the open one
 * "… Open Kernel Module for x86_64  560.35.03  Release Build"; a container sees the host's. /sys/module has the number alone.
 * WSL has neither: its kernel module is Windows' own, and only the PTX compiler that comes with it names a CUDA. Jetson's, up
 * to R35, is part of L4T. Where nothing is loaded (an image, a login node), the file's name of libcuda.so.1 says what is there.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

struct row { const char *first; int major, minor; };

static const struct row drivers[] = {
#define DRIVER(first, major, minor) { first, major, minor },
#include "inspect/drivers.def"
#undef DRIVER
};

static const struct row jetsons[] = {
#define JETSON(release, major, minor) { release, major, minor },
#include "inspect/jetson.def"
#undef JETSON
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* The newest CUDA by a table; n == 0 above its last branch and below its first row. */
static struct version
newest(const struct row *rows, size_t n, const struct version *of)
{
	struct version cuda = { 0 }, first = { 0 };

	for (size_t i = 0; i < n && version_parse(rows[i].first, &first, NULL); i++)
		if (version_compare(&first, of) <= 0)
			cuda = (struct version){ 2, { rows[i].major, rows[i].minor, 0, 0 } };
	return of->part[0] > first.part[0] ? (struct version){ 0 } : cuda;
}

/* A word that is a driver's number, 510.54 or 535.129.03, and no other: libcuda.so.1.1 is none. */
static bool
is_number(const char *word, size_t length, struct version *out)
{
	const char *end;

	return version_parse(word, out, &end) && end == word + length && (out->n == 2 || out->n == 3) &&
	       out->part[0] >= 100 && out->part[0] <= 9999;
}

static bool
take_number(struct run *run, const char *word, size_t length, struct driver *out)
{
	struct version version = { 0 };

	if (!is_number(word, length, &version))
		return false;
	*out = (struct driver){ str_copy(&run->arena, word, length), newest(drivers, COUNT(drivers), &version) };
	return true;
}

/* The first word of the file's first line that is a number: the second line is the compiler's. */
static bool
from_module(struct run *run, const char *file, struct driver *out)
{
	struct blob text;
	const char *at;

	if (!world_read(run, file, 4096, &text))
		return false;
	for (at = text.data; *at && *at != '\n'; at += strcspn(at, " \t\n")) {
		at += strspn(at, " \t");
		if (take_number(run, at, strcspn(at, " \t\n"), out))
			return true;
	}
	return false;
}

/* The string of this compiler that says its CUDA; the same words with "%d" stand there too. */
static bool
ptx_compiler(struct run *run, const char *file, struct version *out)
{
	char after[32];
	struct version rest;

	if (!world_find(run, file, 0, (size_t)256 << 20, "Cuda compilation tools, release 1", after, sizeof(after)) ||
	    !version_parse(str_format(&run->arena, "1%s", after), &rest, NULL) || rest.n != 2)
		return false;
	*out = rest;
	return true;
}

#define WSL "/usr/lib/wsl"

/* Windows keeps the folders of drivers that it had before; where they disagree, the CUDA is not known. */
static bool
from_wsl(struct run *run, struct driver *out)
{
	struct version cuda = { 0 }, other;
	struct strings names = { 0 };
	bool agree = true;

	if (!world_is_file(run, WSL "/lib/libcuda.so.1"))
		return false;
	world_list(run, WSL "/drivers", &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], "nv") &&
		    ptx_compiler(run, str_format(&run->arena, WSL "/drivers/%s/libnvidia-ptxjitcompiler.so.1", names.item[i]),
				 &other)) {
			agree = agree && (!cuda.n || version_compare(&cuda, &other) == 0);
			cuda = other;
		}
	*out = (struct driver){ "of Windows", agree ? cuda : (struct version){ 0 } };
	return true;
}

/* "# R32 (release), REVISION: 6.1, GCID: …" */
static bool
from_jetson(struct run *run, struct driver *out)
{
	static const char revision[] = "REVISION: ";
	struct version release = { 0 }, major, minor;
	struct blob text;
	const char *at;

	if (!world_read(run, "/etc/nv_tegra_release", 4096, &text) || !str_starts(text.data, "# R"))
		return false;
	at = blob_find(&text, revision);
	if (!at || !version_parse(text.data + 3, &major, NULL) || !version_parse(at + strlen(revision), &minor, NULL))
		return false;
	release = (struct version){ 3, { major.part[0], minor.part[0], minor.part[1], 0 } };
	if (minor.n < 2)
		release.n = 2;
	*out = (struct driver){ str_format(&run->arena, "L4T %s", version_text(&run->arena, &release, 0)),
				newest(jetsons, COUNT(jetsons), &release) };
	return true;
}

/* Links lead to the file that has the number: on Debian by way of /etc/alternatives. */
static bool
from_library(struct run *run, struct driver *out)
{
	static const char *const folders[] = {
		"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/lib64-nvidia",
		"/usr/local/nvidia/lib64", "/run/opengl-driver/lib", "/home/kubernetes/bin/nvidia/lib64",
	};

	for (size_t i = 0; i < COUNT(folders); i++) {
		const char *real = world_real(run, path_join(&run->arena, folders[i], "libcuda.so.1"));
		const char *number = real ? strstr(path_name(real), ".so.") : NULL;

		if (number && take_number(run, number + 4, strlen(number + 4), out)) {
			out->version = str_format(&run->arena, "%s (not loaded)", out->version);
			return true;
		}
	}
	return false;
}

bool
inspect_driver(struct run *run, struct driver *out)
{
	return from_module(run, "/proc/driver/nvidia/version", out) || from_module(run, "/sys/module/nvidia/version", out) ||
	       from_wsl(run, out) || from_jetson(run, out) || from_library(run, out);
}
