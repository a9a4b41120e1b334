/* Any bytes as a modulefile, in Tcl or Lua. */
#include <stdlib.h>

#include "base/str.h"
#include "discover/source.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };

	modulefile_roots(&run, str_format(&run.arena, "%s/12.4", fuzz_folder("12.4", data, size)));
	modulefile_roots(&run, str_format(&run.arena, "%s/12.4.lua", fuzz_folder("12.4.lua", data, size)));
	if (run.error)
		abort();
	fuzz_end();
	return 0;
}
