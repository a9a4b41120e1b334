/*
 * Every libcuda.so.1 that a program may get: in the folders of LD_LIBRARY_PATH and ld.so.conf, and where drivers put it. The
 * driver's own is libcuda.so.535.129.03 behind the link; WSL's and Tegra's tell no version. cuda-compat brings another
 * driver's user half in a folder compat; stubs are for linking only.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static const char *const usual[] = {
	"/usr/lib/wsl/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
	"/usr/lib/aarch64-linux-gnu/tegra", "/usr/lib/aarch64-linux-gnu/nvidia", "/usr/lib64-nvidia",
	"/usr/local/nvidia/lib64", "/home/kubernetes/bin/nvidia/lib64", "/run/opengl-driver/lib",
	"/usr/lib/x86_64-linux-gnu/nvidia/current",
};

static enum libcuda_kind
kind_of(const char *path, const char *real)
{
	if (strstr(real, "/stubs/") || strstr(path, "/stubs/"))
		return LIBCUDA_STUB;
	if (strstr(real, "/compat/") || strstr(path, "/compat/"))
		return LIBCUDA_COMPAT;
	if (strstr(real, "/wsl/"))
		return LIBCUDA_WSL;
	return strstr(real, "/tegra/") || str_ends(real, ".so.1.1") ? LIBCUDA_TEGRA : LIBCUDA_DRIVER;
}

static void
look_in(struct run *run, struct libcudas *out, const char *directory, bool configured)
{
	const char *path = path_join(&run->arena, directory, "libcuda.so.1"), *real = world_real(run, path), *number;
	struct version version;

	if (!real && str_ends(directory, "/tegra")) {	/* ldconfig makes the link elsewhere */
		path = path_join(&run->arena, directory, "libcuda.so.1.1");
		real = world_real(run, path);
	}
	if (!real || !world_is_file(run, real))
		return;
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->item[i].real, real) == 0)
			return;
	number = strstr(path_name(real), ".so.");
	number = number && version_parse(number + 4, &version, NULL) && version.part[0] > 99 ? number + 4 : NULL;
	*list_add(&run->arena, out) =
		(struct libcuda){ path, real, number, kind_of(path, real), configured };
}

/* The folders that a file of ld.so.conf's language names, one a line. */
static void
look_where(struct run *run, struct libcudas *out, const char *file)
{
	const char *line;
	size_t length;
	struct blob text;

	if (!world_read(run, file, 65536, &text))
		return;
	for (size_t at = 0; blob_line(&text, &at, &line, &length);) {
		const char *directory = str_trim(&run->arena, line, length);

		if (directory[0] == '/')
			look_in(run, out, directory, true);
	}
}

void
inspect_libcudas(struct run *run, struct libcudas *out)
{
	static const char conf[] = "/etc/ld.so.conf.d";
	const char *variable = run_env(run, "LD_LIBRARY_PATH");
	struct strings list = str_split(&run->arena, variable ? variable : "", ':'), names = { 0 };

	for (size_t i = 0; i < list.n; i++)
		if (list.item[i][0] == '/')
			look_in(run, out, list.item[i], true);
	world_list(run, conf, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_ends(names.item[i], ".conf"))
			look_where(run, out, path_join(&run->arena, conf, names.item[i]));
	look_where(run, out, "/etc/ld.so.conf");
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		look_in(run, out, usual[i], false);
}
