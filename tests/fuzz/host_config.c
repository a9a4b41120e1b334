/* Any bytes as crt/host_config.h. */
#include <stdlib.h>

#include "base/str.h"
#include "fuzz.h"
#include "inspect/inspect.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	int gcc = -1, clang = -1;

	inspect_host_config(&run, str_format(&run.arena, "%s/host_config.h", fuzz_folder("host_config.h", data, size)), &gcc, &clang);
	if (gcc < 0 || gcc > 99 || clang < 0 || clang > 99 || run.error)
		abort();
	fuzz_end();
	return 0;
}
