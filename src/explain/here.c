/* Words of causes.def that a machine answers from what a hit names: which toolkit compiles for it, which has that library. */
#include <string.h>

#include "base/arch.h"
#include "base/data.h"
#include "base/nvcc_archs.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "explain/explain.h"

const char *
hit_captured(const struct hit *hit, const char *word)
{
	for (size_t i = 0; i < hit->captures.n; i++)
		if ((size_t)hit->captures.item[i].length == strlen(word) &&
		    strncmp(hit->captures.item[i].word, word, strlen(word)) == 0)
			return hit->captures.item[i].text;
	return NULL;
}

static struct cJSON *
row_of(struct run *run, const char *arch)
{
	return data_row(json_get(data_table(run, "gpus"), "sm"), "sm", arch);
}

/* By what its nvcc says; where that cannot be read, by the releases that are known to. */
static bool
compiles_for(struct run *run, const struct toolkit *t, const char *arch)
{
	struct strings can = nvcc_archs(run, t->nvcc);
	struct version minor = { 2, { t->version.part[0], t->version.part[1], 0, 0 } };
	struct version first = data_version(row_of(run, arch), "first_cuda"),
		       last = data_version(row_of(run, arch), "last_cuda");

	if (can.n)
		return strings_has(&can, arch);
	return first.n && version_compare(&minor, &first) >= 0 &&
	       (!last.n || version_compare(&minor, &last) <= 0);
}

/* A toolkit here, of torch's major where there is a torch; else the list that asks for it has to do without. */
static const char *
for_arch(struct run *run, const struct machine *machine, const char *arch)
{
	const struct version *cuda =
	    machine->torch && machine->torch->cuda.n ? &machine->torch->cuda : NULL;

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if (t->nvcc && (!cuda || t->version.part[0] == cuda->part[0]) && compiles_for(run, t, arch))
			return str_format(&run->arena, "cuenv exec %s --build -- CMD…",
					  version_text(&run->arena, &t->version, 0));
	}
	return str_format(&run->arena,
			  "take %s out of what asks for it: TORCH_CUDA_ARCH_LIST, -gencode in setup.py, "
			  "CMAKE_CUDA_ARCHITECTURES",
			  arch_dotted(&run->arena, arch));
}

/* "; CUDA 6.0 to 12.9 do" */
static const char *
span(struct run *run, const char *arch)
{
	const char *first = json_get_text(row_of(run, arch), "first_cuda"),
		   *last = json_get_text(row_of(run, arch), "last_cuda");

	if (!first)
		return "";
	return last ? str_format(&run->arena, ": too old for it; CUDA %s to %s do", first, last)
		    : str_format(&run->arena, ": CUDA %s and later do", first);
}

/* The folder of a toolkit here that has the library. */
static const char *
folder_of(struct run *run, const struct machine *machine, const char *file)
{
	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const char *path = world_file_in(run, &machine->toolkits.item[i].lib_dirs, file);

		if (path)
			return path_parent(&run->arena, path);
	}
	return NULL;
}

static const char *export(struct run *run, const char *variable, const char *folder)
{
	return folder
		   ? str_format(&run->arena, "export %s=%s%s", variable, str_quote(&run->arena, folder),
				run_env(run, variable) ? str_format(&run->arena, ":\"$%s\"", variable) : "")
		   : NULL;
}

static bool
is(const char *word, size_t length, const char *name)
{
	return strlen(name) == length && strncmp(word, name, length) == 0;
}

const char *
explain_library(struct run *run, const char *name)
{
	bool archive =
	    str_ends(name, "_static") || str_same(name, "cudadevrt") || str_same(name, "culibos");

	return str_format(&run->arena, "lib%s.%s", name, archive ? "a" : "so");
}

const char *
explain_here(struct run *run, const struct machine *machine, const struct hit *hit, const char *word,
	     size_t length)
{
	const char *name = hit_captured(hit, "name"), *arch = hit_captured(hit, "arch");

	arch = arch ? arch_number(&run->arena, arch, strlen(arch)) : NULL;
	if (!machine)
		return NULL;
	if (arch && is(word, length, "older"))
		return for_arch(run, machine, arch);
	if (arch && is(word, length, "span"))
		return span(run, arch);
	if (name && is(word, length, "library"))
		return export(run, "LIBRARY_PATH", folder_of(run, machine, explain_library(run, name)));
	if (name && is(word, length, "loads"))
		return export(run, "LD_LIBRARY_PATH", folder_of(run, machine, name));
	return NULL;
}
