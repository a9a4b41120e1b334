/*
 * What the user's own variables name. torch reads CUDA_HOME, then CUDA_PATH; CMake reads CUDAToolkit_ROOT and CUDA_PATH
 * (torch.utils.cpp_extension._find_cuda_home, CMake's FindCUDAToolkit).
 */
#include "base/str.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const names[] = { "CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = run_env(run, names[i]);

		if (value)
			lead_root(run, leads, source, value, str_format(&run->arena, "%s=%s", names[i], value));
	}
}

const struct source source_environment = { "environment", "CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT", find };
