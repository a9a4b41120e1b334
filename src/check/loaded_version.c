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

/* The wheels of CUDA 13 share the folder nvidia/cu13; which of them a library is of, its name tells. */
static const char *
shared_wheel(const char *library)
{
	static const struct { const char *library, *wheel; } rows[] = {
		{ "libcudart.", "cuda_runtime" }, { "libnvrtc", "cuda_nvrtc" },	    { "libcupti.", "cuda_cupti" },
		{ "libcublas", "cublas" },	  { "libnvblas.", "cublas" },	    { "libcufft", "cufft" },
		{ "libcurand.", "curand" },	  { "libcusolver", "cusolver" },    { "libcusparse.", "cusparse" },
		{ "libnvJitLink.", "nvjitlink" }, { "libcufile", "cufile" },	    { "libnvToolsExt.", "nvtx" },
		{ "libnpp", "npp" },		  { "libnvjpeg.", "nvjpeg" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_starts(library, rows[i].library))
			return rows[i].wheel;
	return "?";
}

/* site-packages/nvidia/cudnn/lib/libcudnn.so.9 → site-packages, "cudnn" */
static const char *
of_wheel(struct run *run, const char *real)
{
	const char *folder = path_parent(&run->arena, path_parent(&run->arena, real));
	const char *name = path_name(folder), *site = path_parent(&run->arena, path_parent(&run->arena, folder));
	bool shared = str_starts(name, "cu") && isdigit((unsigned char)name[2]);
	const char *start = str_format(&run->arena, "nvidia_%s", shared ? shared_wheel(path_name(real)) : name);
	struct strings names = { 0 };

	if (!str_same(path_name(path_parent(&run->arena, folder)), "nvidia") || !world_list(run, site, &names))
		return NULL;
	for (size_t i = 0; i < names.n; i++) {
		const char *rest = names.item[i] + strlen(start), *dash;

		if (!str_starts(names.item[i], start) || !str_ends(rest, ".dist-info") ||
		    !(shared ? *rest == '-' : str_starts(rest, "_cu")))
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

bool
loaded_same_version(const char *a, const char *b)
{
	struct version v, w;

	if (!a || !b || str_same(a, b))
		return a && b;
	if (!version_parse(a, &v, NULL) || !version_parse(b, &w, NULL))
		return false;
	v.n = w.n = v.n < w.n ? v.n : w.n;
	for (int i = v.n; i < 4; i++)
		v.part[i] = w.part[i] = 0;
	return v.n >= 3 && version_compare(&v, &w) == 0;
}

/* Copies of one file under two names; their first and last pages tell: the build's number, and the table of sections. */
bool
loaded_same_content(struct run *run, const char *a, const char *b)
{
	static const size_t page = 65536;
	const char *real = world_real(run, a), *other = world_real(run, b);
	struct blob x, y;
	struct stat st, st2;
	size_t last;

	if (!real || !other || !world_stat(run, real, &st) || !world_stat(run, other, &st2) || !st.st_size ||
	    st.st_size != st2.st_size)
		return false;
	last = (size_t)st.st_size > page ? (size_t)st.st_size - page : 0;
	return world_read_at(run, real, 0, page, &x) && world_read_at(run, other, 0, page, &y) && x.size == y.size &&
	       memcmp(x.data, y.data, x.size) == 0 && world_read_at(run, real, last, page, &x) &&
	       world_read_at(run, other, last, page, &y) && x.size == y.size && memcmp(x.data, y.data, x.size) == 0;
}
