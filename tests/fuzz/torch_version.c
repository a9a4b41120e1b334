/* Any bytes as torch/version.py. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "inspect/torch_parts.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	struct torch torch = { .dir = fuzz_folder("version.py", data, size) };

	torch_version(&run, &torch);
	if ((torch.version && strlen(torch.version) > size) || (torch.hip && strlen(torch.hip) > size) || run.error)
		abort();
	fuzz_end();
	return 0;
}
