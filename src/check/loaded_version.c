/*
 * The version of a library file: libcublas.so.12 is a link to libcublas.so.12.4.5.8; a wheel's file has no such name, and
 * the wheel's folder in site-packages says it (nvidia_cublas_cu12-12.4.5.8.dist-info); cuDNN's header stands beside it.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/loaded.h"

static const char *
of_name(struct run *run, const char *real)
{
	const char *so = strstr(path_name(real), ".so.");
	size_t dots = 0;

	for (const char *at = so ? so + 4 : ""; *at; at++) {
		if (!isdigit((unsigned char)*at) && *at != '.')
			return NULL;
		dots += *at == '.';
	}
	return dots >= 2 ? str_copy(&run->arena, so + 4, strlen(so + 4)) : NULL;
}

/* site-packages/nvidia/cudnn/lib/libcudnn.so.9 → site-packages, "cudnn" */
static const char *
of_wheel(struct run *run, const char *real)
{
	const char *folder = path_parent(&run->arena, path_parent(&run->arena, real));
	const char *name = path_name(folder), *site = path_parent(&run->arena, path_parent(&run->arena, folder));
	const char *start = str_format(&run->arena, "nvidia_%s", name);
	struct strings names = { 0 };

	if (!str_same(path_name(path_parent(&run->arena, folder)), "nvidia") || !world_list(run, site, &names))
		return NULL;
	for (size_t i = 0; i < names.n; i++) {
		const char *rest = names.item[i] + strlen(start), *dash;

		if (!str_starts(names.item[i], start) || (*rest != '-' && !str_starts(rest, "_cu")) ||
		    !str_ends(rest, ".dist-info"))
			continue;
		dash = strchr(rest, '-');
		return str_copy(&run->arena, dash + 1, strlen(dash + 1) - strlen(".dist-info"));
	}
	return NULL;
}

static const char *
number(struct run *run, const struct blob *text, const char *name)
{
	const char *at = blob_find(text, name);

	at = at ? at + strlen(name) : "";
	at += strspn(at, " \t");
	return isdigit((unsigned char)*at) ? str_copy(&run->arena, at, strspn(at, "0123456789")) : NULL;
}

static const char *
of_cudnn_header(struct run *run, const char *real)
{
	const char *file = path_join(&run->arena, path_parent(&run->arena, path_parent(&run->arena, real)),
				     "include/cudnn_version.h");
	struct blob text = { 0 };
	const char *major, *minor, *patch;

	if (!str_starts(path_name(real), "libcudnn") || !world_read(run, file, 1 << 16, &text))
		return NULL;
	major = number(run, &text, "#define CUDNN_MAJOR");
	minor = number(run, &text, "#define CUDNN_MINOR");
	patch = number(run, &text, "#define CUDNN_PATCHLEVEL");
	return major && minor && patch ? str_format(&run->arena, "%s.%s.%s", major, minor, patch) : NULL;
}

const char *
loaded_version(struct run *run, const char *path)
{
	const char *real = world_real(run, path), *version;

	if (!real)
		return NULL;
	version = of_name(run, real);
	if (!version)
		version = of_wheel(run, real);
	return version ? version : of_cudnn_header(run, real);
}
