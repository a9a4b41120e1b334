/* cuenv which TOOL [SPEC]: the path of a program of a toolkit: nvcc, ptxas, cuobjdump, cicc. */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/which_as.h"

/* Beside nvcc, in the root's bin, in nvvm (cicc), or where inspection found it. */
static const char *
find_tool(struct run *run, const struct toolkit *toolkit, const char *name)
{
	const char *places[] = { path_parent(&run->arena, toolkit->nvcc), path_join(&run->arena, toolkit->root, "bin"),
				 path_join(&run->arena, toolkit->root, "nvvm/bin") };

	if (strcmp(name, "nvcc") == 0)
		return toolkit->nvcc;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *path = path_join(&run->arena, places[i], name);

		if (world_is_program(run, path))
			return path;
	}
	for (int i = 0; i < PART_COUNT; i++)
		if (toolkit->part[i] && strcmp(path_name(toolkit->part[i]), name) == 0 &&
		    world_is_program(run, toolkit->part[i]))
			return toolkit->part[i];
	return NULL;
}

static bool
print_tool(struct run *run, const struct machine *machine, const struct request *request,
	   const struct toolkit *toolkit, const char *path)
{
	struct cJSON *document;

	if (!request->json) {
		show_line(run, path);
		return true;
	}
	document = show_document(run, 0);
	if (!document)
		return false;
	json_put_text(run, document, "path", path);
	show_toolkit(run, document, "toolkit", toolkit, machine->torch);
	out_json(json_print(document));
	return true;
}

static int
run_which(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *name = request_argument(request, 0), *path;
	const struct toolkit *toolkit;

	if (!*name || strchr(name, '/')) {
		run_fail(run, "which: '%s' is no name of a program; write nvcc, ptxas, cuobjdump, …",
			 clipped(&run->arena, name));
		return 2;
	}
	if (str_starts(name, "lib") && str_same(request_value(request, "as"), "torch"))
		return which_library(run, machine, request, name);
	if (request_has(request, "as"))
		return which_as(run, machine, request, name);
	if (str_starts(name, "lib") && strstr(name, ".so")) {
		run_fail(run, "which: %s is a library, not a program; type: cuenv which %s --as torch",
			 clipped(&run->arena, name), clipped(&run->arena, name));
		return 2;
	}
	toolkit = request_toolkit(run, machine, request);
	if (!toolkit)
		return 1;
	path = find_tool(run, toolkit, name);
	if (!path) {
		run_fail(run, "CUDA %s at %s has no %s", version_text(&run->arena, &toolkit->version, 0), toolkit->root,
			 clipped(&run->arena, name));
		return 1;
	}
	return print_tool(run, machine, request, toolkit, path) ? 0 : 2;
}

static const struct choice choices[] = {
	{ "as", "WHO", "what torch, torch-conda, cmake, cmake-3.25, findcuda, cupy, numba, pathfinder, tensorflow or meson "
		       "would take here, step by step; all: each of them", .needs = NEED_TORCH, .full = true, .no_spec = true },
	{ "python", "PATH", "the Python, or its environment, whose torch and wheels are meant" },
	EXACT_CHOICE,
	{ 0 },
};

const struct command command_which = {
	.name = "which",
	.arguments = "TOOL [SPEC]",
	.summary = "print the path of a toolkit's nvcc, ptxas or other program",
	.details = "SPEC as for cuenv prefix. The nvcc printed is the one that works as called: nvcc takes its own\n"
		   "directory from the path that it was started by, and does not resolve a link to itself.\n\n"
		   "With --as nothing is chosen by cuenv: it replays where that build system looks, and exits with 1 where it\n"
		   "finds no nvcc, or where not all take the same toolkit. A library, libcudnn.so.9 or libcudnn, with --as torch\n"
		   "is the file that import torch would get here, and what leads to it.",
	.needs = NEED_TOOLKITS,
	.quick = true,
	.min_arguments = 1,
	.max_arguments = 2,
	.spec = 2,
	.choices = choices,
	.json = true,
	.run = run_which,
};
