#include "build/torch_dirs.h"

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

static void
add(struct run *run, struct strings *dirs, const char *dir)
{
	if (dir && !str_same(dir, "/usr/include"))
		strings_add(&run->arena, dirs, dir);
}

static const char *
cuda_include(struct run *run, const struct torch *torch, const struct python *python, const struct toolkit *toolkit)
{
	const char *targets;

	if (torch && python && str_same(torch->origin, "conda-forge")) {
		targets = path_join(&run->arena, python->prefix, "targets/x86_64-linux/include");
		if (world_is_dir(run, targets))
			return targets;
	}
	return toolkit ? path_join(&run->arena, toolkit->root, "include") : NULL;
}

const char *
torch_cudnn_home(struct run *run)
{
	return run_env(run, "CUDNN_HOME") ? run_env(run, "CUDNN_HOME") : run_env(run, "CUDNN_PATH");
}

struct strings
torch_include_dirs(struct run *run, const struct torch *torch, const struct python *python, const struct toolkit *toolkit)
{
	const char *cudnn = torch_cudnn_home(run);
	struct strings dirs = { 0 };

	for (size_t i = 0; torch && i < torch->include_dirs.n; i++)
		add(run, &dirs, torch->include_dirs.item[i]);
	add(run, &dirs, cuda_include(run, torch, python, toolkit));
	add(run, &dirs, run_env(run, "CUDA_INC_PATH"));
	if (cudnn)
		add(run, &dirs, path_join(&run->arena, cudnn, "include"));
	return dirs;
}
