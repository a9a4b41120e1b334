/*
 * Distributions that spread a toolkit over /usr: Debian and Ubuntu (nvcc in
 * /usr/lib/nvidia-cuda-toolkit, headers in /usr/include), Fedora's negativo17 until 11.5
 * (/usr/bin/nvcc, headers in /usr/include/cuda), and either one's runtime package alone. Read from
 * Debian's 11.8 packages and the negativo17 spec files.
 */
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const signs[] = {
		"/usr/lib/nvidia-cuda-toolkit/bin/nvcc",
		"/usr/include/cuda/cuda_runtime.h",
		"/usr/lib/x86_64-linux-gnu/libcudart.so.11.0",
		"/usr/lib/x86_64-linux-gnu/libcudart.so.12",
		"/usr/lib/x86_64-linux-gnu/libcudart.so.13",
		"/usr/lib64/libcudart.so",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (world_is_file(run, signs[i])) {
			lead_root(run, leads, source, "/usr", signs[i]);
			return;
		}
}

const struct source source_distribution = { "distribution",
					    "/usr as Debian, Ubuntu and Fedora fill it", find };
