/*
 * nvcc holds the names of what it compiles for as texts: in 11.2, 11.8, 12.4, 13.0 and 13.2 the same as --list-gpu-arch says.
 */
#define _GNU_SOURCE
#include "base/nvcc_archs.h"

#include <string.h>

#include "base/elf.h"

#define MOST_RODATA (64 << 20)	/* nvcc 13.2 has less than 33 MB of it */

struct strings
nvcc_archs(struct run *run, const char *nvcc)
{
	static const char mark[] = "compute_";
	struct strings list = { 0 };
	struct blob data;
	const char *at;

	if (!nvcc || !elf_section(run, nvcc, ".rodata", MOST_RODATA, &data))
		return list;
	for (at = data.data; (at = memmem(at, data.size - (size_t)(at - data.data), mark, sizeof(mark) - 1));) {
		const char *end;

		at += sizeof(mark) - 1;
		end = at + strspn(at, "0123456789");
		end += *end == 'a' || *end == 'f';
		if (!*end && end - at >= 2 && end - at <= 4)
			strings_add_once(&run->arena, &list, str_copy(&run->arena, at, (size_t)(end - at)));
	}
	return list;
}
