/* Any bytes as a wheel: what is listed lies within its folder, and what is read is as long as was said. */
#include <stdlib.h>
#include <string.h>

#include "base/zip.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	struct zip_members members = { 0 };
	const char *path = str_format(&run.arena, "%s/x.whl", fuzz_folder("x.whl", data, size));
	struct blob text;

	if (!zip_list(&run, path, &members) && !run.error)
		abort();
	for (size_t i = 0; i < members.n && i < 20; i++) {
		const char *name = members.item[i].name;

		if (name[0] == '/' || strcmp(name, "..") == 0 || strstr(name, "/../") || str_starts(name, "../"))
			abort();
		run.error = NULL;
		if (zip_read(&run, path, &members.item[i], 1 << 16, &text) ? text.size != members.item[i].size : !run.error)
			abort();
	}
	fuzz_end();
	return 0;
}
