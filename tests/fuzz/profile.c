/* Any bytes as nvcc.profile. */
#include <stdlib.h>

#include "base/str.h"
#include "fuzz.h"
#include "inspect/toolkit_parts.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	struct profile profile = { 0 };

	profile_read(&run, str_format(&run.arena, "%s/bin/nvcc", fuzz_folder("bin/nvcc.profile", data, size)), &profile);
	if (run.error)
		abort();
	fuzz_end();
	return 0;
}
