/* Any bytes as setup.py, as pyproject.toml and as CMakeLists.txt. */
#include <stdlib.h>

#include "base/str.h"
#include "check/tree.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	struct profile setup = { 0 }, project = { 0 }, cmake = { 0 };
	struct blob text = { (char *)str_copy(&run.arena, (const char *)data, size), size };

	tree_setup(&run, "/setup.py", &text, &setup);
	tree_pyproject(&run, "/pyproject.toml", &text, &project);
	tree_cmake(&run, "/CMakeLists.txt", &text, &cmake);
	if (run.error || setup.pins.n > 1 || cmake.pins.n > 1 || setup.imports.n != setup.imported_by.n ||
	    project.imports.n != project.imported_by.n)
		abort();
	fuzz_end();
	return 0;
}
