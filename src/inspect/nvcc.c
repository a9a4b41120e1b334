/*
 * What the file of nvcc tells of its host compiler. NVCC_CCBIN is a text in 13.0 and 13.2, which read that variable, and in
 * none of 11.2, 11.8 and 12.4, which do not; all have NVCC_PREPEND_FLAGS. What lies between was not seen.
 */
#include "base/elf.h"
#include "inspect/inspect.h"

#define MOST_RODATA (64 << 20)

bool
inspect_reads_ccbin(struct run *run, const struct toolkit *toolkit)
{
	struct blob data;

	if (toolkit->nvcc && elf_section(run, toolkit->nvcc, ".rodata", MOST_RODATA, &data)) {
		if (blob_find(&data, "NVCC_CCBIN"))
			return true;
		if (blob_find(&data, "NVCC_PREPEND_FLAGS"))
			return false;
	}
	return toolkit->version.n && toolkit->version.part[0] >= 13;
}
