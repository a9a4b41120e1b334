/*
 * What a toolkit's own files say of its version, without running any: the release string inside the nvcc program, the macros
 * in cuda.h and cuda_runtime_api.h, the full number in libcudart's file name, version.json (whose third part may be a date),
 * version.txt (to 11.0), the wheel's or conda's record, the directory's name. They may contradict each other: an environment
 * with nvcc of one CUDA and headers of another is common, and fails late.
 */
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/toolkit_parts.h"

#define HEADER_MAX (256 * 1024)

static void
claim(struct run *run, struct toolkit *toolkit, const char *about, const char *file, struct version version)
{
	if (version.n)
		*list_add(&run->arena, &toolkit->claims) = (struct claim){ about, file, version };
}

/* "release 11.8, V11.8.89" in .rodata: 11.8 to 13.2 hold it in the first 64 KB. */
static struct version
nvcc_release(struct run *run, const char *program)
{
	struct version version = { 0 };
	size_t offset, size;
	const char *at;
	char text[64];

	if (elf_find_section(run, program, ".rodata", &offset, &size) &&
	    world_find(run, program, offset, size, "Cuda compilation tools, release ", text, sizeof(text)) &&
	    (at = strstr(text, ", V")))
		version_parse(at + 3, &version, NULL);
	return version;
}

static bool
disagree(const struct version *a, const struct version *b)
{
	return a->part[0] != b->part[0] || (a->n > 1 && b->n > 1 && a->part[1] != b->part[1]);
}

/*
 * The programs that nvcc calls, each of which says the same words; pip and conda install them apart, and take the newest of each.
 * ptxas refuses what a newer cicc writes ("Unsupported .version"). Some MB are looked
 * through, so only a close look does it; where they agree with nvcc, they add nothing.
 */
static void
claim_tools(struct run *run, struct toolkit *toolkit)
{
	static const struct { const char *about; enum part part; } tools[] = {
		{ "cicc", PART_CICC }, { "ptxas", PART_PTXAS }, { "cudafe++", PART_CUDAFE },
	};

	struct version version[3] = { { 0 } };
	bool apart = false;

	for (size_t i = 0; toolkit->claims.n && i < 3; i++) {
		if (toolkit->part[tools[i].part])
			version[i] = nvcc_release(run, toolkit->part[tools[i].part]);
		apart |= version[i].n && disagree(&toolkit->claims.item[0].version, &version[i]);
	}
	for (size_t i = 0; apart && i < 3; i++)
		claim(run, toolkit, tools[i].about, toolkit->part[tools[i].part], version[i]);
}

/* "#define CUDA_VERSION 12040" */
static struct version
macro(struct run *run, const char *file, const char *name)
{
	char text[32];

	if (!file || !world_find(run, file, 0, HEADER_MAX, str_format(&run->arena, "#define %s ", name), text, sizeof(text)))
		return (struct version){ 0 };
	return version_from_macro(strtol(text, NULL, 10));
}

/* libcudart.so.12.4.127 says all; libcudart.so.12 the major; libcudart.so.11.0 is the soname of every 11.x. */
static void
claim_cudart(struct run *run, struct toolkit *toolkit)
{
	const char *file = toolkit->part[PART_CUDART_RUNTIME], *name;
	struct version version;

	if (!file)
		return;
	name = world_real(run, file);
	name = strstr(path_name(name ? name : file), ".so.");
	if (!name || !version_parse(name + 4, &version, NULL))
		return;
	if (version.n == 2 && version.part[0] >= 11)
		version.n = 1, version.part[1] = 0;
	claim(run, toolkit, "libcudart", file, version);
}

static void
claim_json(struct run *run, struct toolkit *toolkit)
{
	const char *file = path_join(&run->arena, toolkit->root, "version.json"), *text;
	struct cJSON *document;
	struct version version;
	struct stat st;

	if (!world_stat(run, file, &st))
		return;
	if (!S_ISREG(st.st_mode) || !json_read(run, file, &document)) {
		run_trace(run, "version.json", file, "is not readable JSON");
		return;
	}
	text = json_get_text(json_get(document, "cuda"), "version");
	if (text && version_parse(text, &version, NULL)) {
		if (version.n > 2 && version.part[2] > 9999)
			version = (struct version){ 2, { version.part[0], version.part[1] } };
		claim(run, toolkit, "version.json", file, version);
	}
}

static void
claim_txt(struct run *run, struct toolkit *toolkit)
{
	static const char before[] = "CUDA Version ";
	const char *file = path_join(&run->arena, toolkit->root, "version.txt");
	struct version version;
	struct blob text;

	if (world_read(run, file, 4096, &text) && str_starts(text.data, before) &&
	    version_parse(text.data + strlen(before), &version, NULL))
		claim(run, toolkit, "version.txt", file, version);
}

/* A record whose name starts with before and then holds the version: nvidia_cuda_runtime_cu12-12.4.127.dist-info */
static void
claim_record(struct run *run, struct toolkit *toolkit, const char *directory, const char *before, const char *about)
{
	struct strings names;
	struct version version;

	if (!world_list(run, directory, &names))
		return;
	for (size_t i = 0; i < names.n; i++) {
		const char *dash = strchr(names.item[i], '-');

		if (str_starts(names.item[i], before) && dash && version_parse(dash + 1, &version, NULL))
			claim(run, toolkit, about, path_join(&run->arena, directory, names.item[i]), version);
	}
}

static void
claim_records(struct run *run, struct toolkit *toolkit)
{
	const char *conda = path_join(&run->arena, toolkit->root, "conda-meta");

	if (toolkit->nvcc)
		return;
	if (strcmp(path_name(toolkit->root), "nvidia") == 0)
		claim_record(run, toolkit, path_parent(&run->arena, toolkit->root), "nvidia_cuda_runtime", "wheel");
	if (world_is_dir(run, conda)) {
		claim_record(run, toolkit, conda, "cudatoolkit-", "conda record");
		if (!toolkit->claims.n)
			claim_record(run, toolkit, conda, "cuda-cudart-", "conda record");
	}
}

/* cuda-11.8; 11.8 alone (/opt/cuda/11.8) tells where nothing else may be read. */
static void
claim_directory(struct run *run, const struct place *place, struct toolkit *toolkit)
{
	const char *name = path_name(toolkit->root);
	struct version version;

	if (str_starts(name, "cuda-"))
		name += strlen("cuda-");
	else if (!place->unreadable)
		return;
	if (version_parse(name, &version, NULL) && version.n > 1)
		claim(run, toolkit, "directory name", toolkit->root, version);
}

static void
compare(struct run *run, struct toolkit *toolkit)
{
	const struct claim *first = toolkit->claims.item;

	for (size_t i = 1; i < toolkit->claims.n && !toolkit->contradiction; i++) {
		const struct claim *other = &toolkit->claims.item[i];

		if (disagree(&first->version, &other->version))
			toolkit->contradiction = str_format(
				&run->arena, "%s is of CUDA %s (%s) but %s of %s (%s)", first->about,
				version_text(&run->arena, &first->version, 0), first->file, other->about,
				version_text(&run->arena, &other->version, 0), other->file);
	}
}

/* The toolkit's version is the claim that knows most of those that agree with the first one. */
static void
settle(struct toolkit *toolkit)
{
	for (size_t i = 0; i < toolkit->claims.n; i++) {
		const struct version *v = &toolkit->claims.item[i].version;

		if (!i || (!disagree(v, &toolkit->claims.item[0].version) && v->n > toolkit->version.n))
			toolkit->version = *v;
	}
}

void
claims_read(struct run *run, const struct place *place, enum look look, struct toolkit *toolkit)
{
	bool brief = look == LOOK_BRIEF;

	if (place->program)
		claim(run, toolkit, "nvcc", place->program, nvcc_release(run, place->program));
	if (!brief || !toolkit->claims.n) {
		claim(run, toolkit, "cuda.h", toolkit->part[PART_CUDA_H],
		      macro(run, toolkit->part[PART_CUDA_H], "CUDA_VERSION"));
		claim_cudart(run, toolkit);
		claim_records(run, toolkit);
	}
	if (!brief) {
		claim_json(run, toolkit);
		claim_txt(run, toolkit);
		claim_directory(run, place, toolkit);
		if (look == LOOK_CLOSE)
			claim_tools(run, toolkit);
	}
	compare(run, toolkit);
	settle(toolkit);
}
