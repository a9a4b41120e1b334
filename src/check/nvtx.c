/*
 * CMake's find_package(Torch): torch's Caffe2/public/cuda.cmake wants CUDA::nvToolsExt or libnvToolsExt (read in 2.0.1 and
 * 2.5.1, no more in 2.9.1), and toolkits have it no more since 12.9. setup.py builds do not ask.
 */
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	struct blob text;
	const char *file;

	if (!wants_extension(machine) || !t || !t->nvcc || !t->lib_dirs.n)
		return;
	for (size_t i = 0; i < t->lib_dirs.n; i++)
		if (world_is_file(run, path_join(&run->arena, t->lib_dirs.item[i], "libnvToolsExt.so")))
			return;
	file = path_join(&run->arena, machine->torch->dir, "share/cmake/Caffe2/public/cuda.cmake");
	if (!world_read(run, file, 1 << 18, &text) ||
	    !(blob_find(&text, "CUDA::nvToolsExt") || blob_find(&text, "LIBNVTOOLSEXT libnvToolsExt.so")))
		return;
	say(run, out, "CE117", SEVERITY_NOTE,
	    str_format(&run->arena, "CMake's find_package(Torch) fails: this torch wants nvToolsExt, and CUDA %s here has none",
		       version_text(&run->arena, &t->version, 2)),
	    "before find_package(Torch) in CMakeLists.txt: add_library(CUDA::nvToolsExt INTERFACE IMPORTED)", file,
	    str_format(&run->arena, "%s: no libnvToolsExt.so in its library folders", t->root), NULL);
}

const struct check check_nvtx = { "nvtx", "nvToolsExt for CMake builds", NEED_TOOLKITS | NEED_TORCH, look };
