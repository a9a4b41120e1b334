/*
 * What brings CUDA code besides torch: TensorFlow, onnxruntime and Paddle write what they were built with into a file; jax and
 * CuPy say it by the names of their wheels (jax_cuda12_plugin, cupy_cuda12x, jaxlib 0.4.13+cuda12.cudnn89).
 */
#include <string.h>

#include "base/data.h"
#include "base/package.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static const struct { const char *name, *file, *cuda, *cudnn; } rows[] = {
#define FRAMEWORK(name, file, cuda, cudnn) { name, file, cuda, cudnn },
#include "inspect/frameworks.def"
#undef FRAMEWORK
};

/* The version right behind a mark, or NULL. */
static const char *
behind(struct run *run, const struct blob *text, const char *mark)
{
	const char *at = blob_find(text, mark), *end;
	struct version version;

	if (!at || !version_parse(at + strlen(mark), &version, &end))
		return NULL;
	at += strlen(mark);
	return str_copy(&run->arena, at, (size_t)(end - at));
}

/* The version of the package of that name, whatever its variant: tensorflow, tensorflow_cpu, onnxruntime_gpu. */
static const char *
version_of(struct run *run, const struct packages *packages, const char *name)
{
	static const char *const variants[] = { "", "-gpu", "-cpu", "paddle-gpu", "paddle" };

	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		const struct package *p = package_find(packages, str_format(&run->arena, "%s%s", name, variants[i]));

		if (p)
			return p->version;
	}
	return NULL;
}

static void
from_file(struct run *run, const struct python *python, const struct packages *packages, size_t row,
	  struct frameworks *out)
{
	for (size_t i = 0; i < python->site_dirs.n; i++) {
		const char *file = path_join(&run->arena, python->site_dirs.item[i], rows[row].file);
		struct blob text;

		if (!world_read(run, file, 65536, &text))
			continue;
		*list_add(&run->arena, out) = (struct framework){ rows[row].name, version_of(run, packages, rows[row].name),
								  behind(run, &text, rows[row].cuda),
								  behind(run, &text, rows[row].cudnn), file };
		return;
	}
}

/* "cuda12x" → "12", "cuda117" → "11.7", "cuda13-plugin" → "13". */
static const char *
cuda_of(struct run *run, const char *name)
{
	const char *at = strstr(name, "cuda");
	size_t digits = at ? strspn(at + 4, "0123456789") : 0;

	if (digits < 2)
		return NULL;
	if (digits == 2)
		return str_copy(&run->arena, at + 4, 2);
	return str_format(&run->arena, "%.2s.%.*s", at + 4, (int)digits - 2, at + 6);
}

static void
from_names(struct run *run, const struct packages *packages, struct frameworks *out)
{
	const struct package *jaxlib = package_find(packages, "jaxlib");
	struct framework jax = { .name = "jax", .version = jaxlib ? jaxlib->version : NULL,
				 .cuda = jaxlib ? cuda_of(run, jaxlib->version) : NULL,
				 .from = jaxlib ? jaxlib->info : NULL };

	for (size_t i = 0; i < packages->n; i++) {
		const struct package *p = &packages->item[i];
		bool plugin = str_starts(p->name, "jax_cuda") && strstr(p->name, "plugin");

		if (str_starts(p->name, "cupy_cuda"))
			*list_add(&run->arena, out) =
				(struct framework){ "CuPy", p->version, cuda_of(run, p->name), NULL, p->info };
		if (plugin) {
			jax.cuda = cuda_of(run, p->name);
			jax.from = p->info;
		}
	}
	if (jaxlib)
		*list_add(&run->arena, out) = jax;
}

/* Before 2.3 TensorFlow's wheel does not tell: the configuration that it was tested with does. */
static void
old_tensorflow(struct run *run, const struct packages *packages, struct frameworks *out)
{
	const char *version = version_of(run, packages, "tensorflow");
	struct cJSON *row;

	if (!version || (out->n && strcmp(out->item[0].name, "TensorFlow") == 0))
		return;
	row = json_child(json_get(data_table(run, "tensorflow"), "linux_gpu"));
	while (row && !str_same(json_get_text(row, "version"), version))
		row = json_next(row);
	if (row)
		*list_add(&run->arena, out) =
			(struct framework){ "TensorFlow", version, json_get_text(row, "cuda"), json_get_text(row, "cudnn"),
					    "TensorFlow's list of tested configurations" };
}

void
inspect_frameworks(struct run *run, const struct python *python, const struct packages *packages,
		   struct frameworks *out)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		from_file(run, python, packages, i, out);
	old_tensorflow(run, packages, out);
	from_names(run, packages, out);
}
