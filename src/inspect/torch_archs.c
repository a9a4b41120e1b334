/*
 * The GPU architectures that torch was compiled for: ATen/cuda/CUDAConfig.h has nvcc's -gencode flags, libtorch_python.so
 * the list that torch.cuda.get_arch_list() splits ("sm_80 sm_90 compute_90"). The header is cheap and says the same.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <string.h>

#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

#define MOST_RODATA (4 << 20)	/* libtorch_python.so has 0.6 to 1.1 MB of it */

/* The length of "sm_90a" or "compute_120" at text; 0 when something else is there. */
static size_t
arch_length(const char *text)
{
	size_t n = str_starts(text, "sm_") ? 3 : str_starts(text, "compute_") ? 8 : 0, digits;

	digits = n ? strspn(text + n, "0123456789") : 0;
	if (digits < 2 || digits > 3)
		return 0;
	n += digits;
	n += text[n] == 'a' || text[n] == 'f';
	return isalnum((unsigned char)text[n]) || text[n] == '_' ? 0 : n;
}

/* -gencode;arch=compute_80,code=sm_80;-gencode;arch=compute_90,code=compute_90 */
static bool
archs_of_header(struct run *run, struct torch *torch)
{
	const char *file, *at;
	struct blob text;

	if (!torch->include_dirs.n)
		return false;
	file = path_join(&run->arena, torch->include_dirs.item[0], "ATen/cuda/CUDAConfig.h");
	if (!world_read(run, file, 65536, &text) || !(at = blob_find(&text, "#define NVCC_FLAGS_EXTRA")))
		return false;
	at = str_copy(&run->arena, at, strcspn(at, "\n"));
	while ((at = strstr(at, "code="))) {
		size_t n;

		for (at += 5 + (at[5] == '['); (n = arch_length(at)); at += n + (at[n] == ','))
			strings_add_once(&run->arena, &torch->archs, str_copy(&run->arena, at, n));
	}
	torch->archs_from = file;
	return torch->archs.n > 0;
}

/* The architectures of a text that is nothing but a list of them. */
static struct strings
whole_list(struct run *run, const char *text)
{
	struct strings list = { 0 }, none = { 0 };
	size_t n;

	while ((n = arch_length(text))) {
		strings_add(&run->arena, &list, str_copy(&run->arena, text, n));
		text += n + (text[n] == ' ');
	}
	return *text ? none : list;
}

/* A compiler may lay a text right behind another's bytes (torch 2.9.1 has "ipc_h" there); the longest list is torch's. */
static bool
archs_of_library(struct run *run, struct torch *torch)
{
	const char *file = path_join(&run->arena, torch->lib_dir, "libtorch_python.so");
	struct blob data;
	const char *at, *next;

	if (!elf_section(run, file, ".rodata", MOST_RODATA, &data))
		return false;
	for (at = data.data; (next = memmem(at, data.size - (size_t)(at - data.data), "sm_", 3)); at = next + 3) {
		struct strings list = whole_list(run, next);

		if (list.n > torch->archs.n)
			torch->archs = list;
	}
	torch->archs_from = file;
	return torch->archs.n > 0;
}

void
torch_archs(struct run *run, struct torch *torch)
{
	if (!archs_of_header(run, torch) && !archs_of_library(run, torch))
		torch->archs_from = NULL;
}
