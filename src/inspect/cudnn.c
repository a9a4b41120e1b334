/*
 * Installed cuDNNs. cuDNN is no part of a toolkit: Debian and NVIDIA's packages put libcudnn.so.8.9.7 beside the system's
 * libraries, pip's wheel into site-packages/nvidia/cudnn (its files end in .so.9, and the dist-info tells the rest), people
 * copy it into a toolkit. Where the file's name tells only the major, cudnn_version.h (before 8: cudnn.h) tells all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/package.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static const char *const usual[][2] = {
	{ "/usr/lib/x86_64-linux-gnu", "/usr/include" }, { "/usr/lib/aarch64-linux-gnu", "/usr/include" },
	{ "/usr/lib64", "/usr/include" }, { "/usr/local/lib", "/usr/local/include" },
};

static long
number(const struct blob *text, const char *name)
{
	const char *at = blob_find(text, name);

	return at ? strtol(at + strlen(name), NULL, 10) : -1;
}

/* CUDNN_MAJOR and its like, of the header in a folder. */
static const char *
in_header(struct run *run, const char *directory, const char **from)
{
	static const char *const names[] = { "cudnn_version.h", "cudnn.h" };

	for (size_t i = 0; i < 2; i++) {
		const char *file = path_join(&run->arena, directory, names[i]);
		struct blob text;

		if (!world_read(run, file, 1 << 20, &text) || number(&text, "#define CUDNN_MAJOR") < 0)
			continue;
		*from = file;
		return str_format(&run->arena, "%ld.%ld.%ld", number(&text, "#define CUDNN_MAJOR"),
				  number(&text, "#define CUDNN_MINOR"), number(&text, "#define CUDNN_PATCHLEVEL"));
	}
	return NULL;
}

/* libcudnn.so.7 to .12 in a folder of libraries, with the header's word where the name is short and both are of one major. */
static void
look_in(struct run *run, const char *libraries, const char *headers, const char *pip, const char *pip_from,
	struct cudnns *out)
{
	for (int major = 7; major <= 12; major++) {
		const char *path = str_format(&run->arena, "%s/libcudnn.so.%d", libraries, major), *real, *from, *header;
		const char *version, *start = str_format(&run->arena, "%d.", major);

		real = world_real(run, path);
		if (!real || !strstr(path_name(real), ".so."))
			continue;
		version = strstr(path_name(real), ".so.") + 4;
		from = real;
		for (size_t i = 0; i < out->n; i++)
			if (strcmp(out->item[i].dir, path_parent(&run->arena, real)) == 0)
				return;
		if (!strchr(version, '.') && pip && str_starts(pip, start)) {
			version = pip;
			from = pip_from;
		} else if (!strchr(version, '.') && (header = in_header(run, headers, &from)) && str_starts(header, start)) {
			version = header;
		}
		*list_add(&run->arena, out) = (struct cudnn){ version, path_parent(&run->arena, real), from };
	}
}

void
inspect_cudnns(struct run *run, const struct machine *machine, struct cudnns *out)
{
	static const char *const wheels[] = { "nvidia-cudnn-cu11", "nvidia-cudnn-cu12", "nvidia-cudnn-cu13" };
	const struct python *python = machine->python;
	const struct package *wheel = NULL;

	for (size_t i = 0; !wheel && i < 3; i++)
		wheel = package_find(&machine->packages, wheels[i]);
	for (size_t i = 0; python && i < python->site_dirs.n; i++) {
		const char *root = path_join(&run->arena, python->site_dirs.item[i], "nvidia/cudnn");

		look_in(run, path_join(&run->arena, root, "lib"), path_join(&run->arena, root, "include"),
			wheel ? wheel->version : NULL, wheel ? wheel->info : NULL, out);
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		look_in(run, usual[i][0], usual[i][1], NULL, NULL, out);
	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		for (size_t j = 0; j < t->lib_dirs.n; j++)
			look_in(run, t->lib_dirs.item[j], path_join(&run->arena, t->root, "include"), NULL, NULL, out);
	}
}
