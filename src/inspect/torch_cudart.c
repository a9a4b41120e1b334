/*
 * The CUDA runtime that torch loads: the libcudart that its libraries need, and the file that their DT_RUNPATH or DT_RPATH
 * leads to ($ORIGIN is the library's own folder). Wheels: nvidia/cuda_runtime/lib, nvidia/cu13/lib, or a copy in torch/lib
 * under a name with a hash. torch 1.13 has it linked into libc10_cuda.so statically and needs the shared one elsewhere.
 */
#include <string.h>

#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

static const char *
needs_cudart(struct run *run, const char *library, struct elf *elf)
{
	if (!elf_read(run, library, ELF_DYNAMIC, elf))
		return NULL;
	for (size_t i = 0; i < elf->needed.n; i++)
		if (str_starts(elf->needed.item[i], "libcudart"))
			return elf->needed.item[i];
	return NULL;
}

/* The file called soname in a folder of a run path, or NULL. */
static const char *
in_folder(struct run *run, const char *folder, const char *origin, const char *soname)
{
	const char *rest = folder, *file;

	if (str_starts(folder, "$ORIGIN"))
		rest = folder + 7;
	else if (str_starts(folder, "${ORIGIN}"))
		rest = folder + 9;
	if (rest != folder)
		folder = str_format(&run->arena, "%s%s", origin, rest);
	file = path_join(&run->arena, folder, soname);
	return folder[0] == '/' && world_is_file(run, file) ? world_real(run, file) : NULL;
}

/* conda's interpreter has the DT_RPATH $ORIGIN/../lib, which holds for all that it loads. */
static const char *
find_file(struct run *run, const struct torch_place *place, const struct torch *torch, const struct elf *elf)
{
	const char *real = world_real(run, torch->cudart_from), *file;
	const char *conda = path_join(&run->arena, place->prefix, "conda-meta");

	for (size_t i = 0; i < elf->runpath.n; i++) {
		file = in_folder(run, elf->runpath.item[i], torch->lib_dir, torch->cudart_soname);
		if (!file && real)
			file = in_folder(run, elf->runpath.item[i], path_parent(&run->arena, real),
					 torch->cudart_soname);
		if (file)
			return file;
	}
	file = path_join(&run->arena, place->prefix, "lib");
	return world_is_dir(run, conda) ? in_folder(run, file, "", torch->cudart_soname) : NULL;
}

/* Where version.py says nothing about CUDA: libcudart.so.12 is some 12. */
static void
cuda_of_soname(struct torch *torch)
{
	const char *so = strstr(torch->cudart_soname, ".so.");

	if (!torch->cuda.n && !torch->hip && so)
		version_parse(so + 4, &torch->cuda, NULL);
	if (torch->cuda.n && !torch->version)
		torch->cuda.n = 1;
}

void
torch_cudart(struct run *run, const struct torch_place *place, struct torch *torch)
{
	static const char *const libraries[] = { "libc10_cuda.so", "libtorch_cuda.so", "libtorch_cuda_cpp.so" };

	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
		struct elf elf = { 0 };

		torch->cudart_from = path_join(&run->arena, torch->lib_dir, libraries[i]);
		torch->cudart_soname = needs_cudart(run, torch->cudart_from, &elf);
		if (!torch->cudart_soname)
			continue;
		torch->cudart_file = find_file(run, place, torch, &elf);
		cuda_of_soname(torch);
		return;
	}
	torch->cudart_from = NULL;
}
