/*
 * What the file of nvcc tells of its host compiler. NVCC_CCBIN is a text in 13.0 and 13.2, which read that variable, and in
 * none of 11.2, 11.8 and 12.4, which do not; all have NVCC_PREPEND_FLAGS. Where the file does not tell (a script), the first
 * that reads it is taken to be 12.5, whose package in Arch sets the variable in place of a gcc beside nvcc.
 */
#include <stdint.h>
#include <string.h>

#include "base/world.h"
#include "inspect/inspect.h"
#include "inspect/toolkit_parts.h"

static bool
holds(struct run *run, const char *file, const char *text)
{
	char after[1];

	return world_find(run, file, 0, SIZE_MAX, text, after, sizeof(after));
}

bool
inspect_reads_ccbin(struct run *run, const struct toolkit *toolkit)
{
	static const struct version since = { 2, { 12, 5, 0, 0 } };
	struct blob head;

	if (toolkit->nvcc && world_read_at(run, toolkit->nvcc, 0, 4, &head) && head.size == 4 &&
	    memcmp(head.data, "\177ELF", 4) == 0) {
		if (holds(run, toolkit->nvcc, "NVCC_CCBIN"))
			return true;
		if (holds(run, toolkit->nvcc, "NVCC_PREPEND_FLAGS"))
			return false;
	}
	return toolkit->version.n && version_compare(&toolkit->version, &since) >= 0;
}

const char *
inspect_compiler_bindir(struct run *run, const char *nvcc)
{
	struct profile profile = { 0 };

	return profile_read(run, nvcc, &profile) ? profile.compiler_dir : NULL;
}
