/* Where NVIDIA's installers put toolkits: /usr/local/cuda-X.Y, and the links /usr/local/cuda and
 * cuda-X to one of them. Jetson, WSL and container images use the same place. */
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	lead_children(run, leads, source, "/usr/local", "cuda");
}

const struct source source_usr_local = { "usr-local", "/usr/local/cuda*", find };
