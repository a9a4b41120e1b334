/*
 * What the user's own variables name. torch reads CUDA_HOME, then CUDA_PATH, each as one directory
 * taken literally; CMake reads CUDA_PATH, and CUDAToolkit_ROOT as a list
 * (torch.utils.cpp_extension._find_cuda_home, CMake's FindCUDAToolkit).
 */
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

/* Why nothing is found at path, by what the kernel said of it. */
static const char *
absence(struct run *run, const char *path)
{
	const char *target;
	struct stat st;

	if (world_stat(run, path, &st))
		return S_ISDIR(st.st_mode) ? NULL : "is a file, not a directory";
	if (errno == ELOOP)
		return "is a link that leads round in a circle";
	if (errno == EACCES)
		return "may not be looked into";
	if (errno == ENOTDIR)
		return "goes through a file as if it were a directory";
	if (world_readlink(run, path, &target))
		return str_format(&run->arena, "is a dangling link to %s", target);
	return "does not exist";
}

const char *
environment_fault(struct run *run, const char *value)
{
	const char *end = value + strlen(value) - 1, *clean, *why;

	if (strchr(" \t\r\n", *value) || strchr(" \t\r\n", *end))
		return "begins or ends with a blank";
	if (strchr("\"'", *value))
		return "holds its own quotes; write the path without them";
	if (*value == '~')
		return "begins with '~', which only a shell expands; write the whole path";
	clean = path_clean(&run->arena, run->cwd, value);
	why = absence(run, clean);
	if (why && strchr(value, ':'))
		return "holds a ':'; one path only";
	return why;
}

/* What works here and trips others up; only for --why. */
static void
remark(struct run *run, const struct source *source, const char *name, const char *value)
{
	const char *why = NULL;

	if (*value != '/')
		why = "is not absolute: it means another place in each directory";
	else if (value[1] && value[strlen(value) - 1] == '/')
		why = "ends with '/': read without it, but scripts that compare paths will not "
		      "match";
	if (why)
		run_trace(run, source->name, value, str_format(&run->arena, "%s %s", name, why));
}

static void
take(struct run *run, const struct source *source, struct leads *leads, const char *name,
     const char *value)
{
	const char *why = environment_fault(run, value);

	if (why) {
		run_trace(run, source->name, value, str_format(&run->arena, "%s %s", name, why));
		return;
	}
	if (run->tracing)
		remark(run, source, name, value);
	lead_root(run, leads, source, value, str_format(&run->arena, "%s=%s", name, value));
}

/* Nix sets it to one directory for each output, between semicolons; CMake splits it at colons too.
 */
static void
take_list(struct run *run, const struct source *source, struct leads *leads, const char *name,
	  const char *value)
{
	while (*value) {
		size_t n = strcspn(value, ";:");

		if (n)
			take(run, source, leads, name, str_copy(&run->arena, value, n));
		value += n + (value[n] != '\0');
	}
}

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const names[] = { "CUDA_HOME", "CUDA_PATH", "CUDA_ROOT" };
	const char *list = run_env(run, "CUDAToolkit_ROOT");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = run_env(run, names[i]);

		if (value)
			take(run, source, leads, names[i], value);
	}
	if (list)
		take_list(run, source, leads, "CUDAToolkit_ROOT", list);
}

const struct source source_environment = { "environment",
					   "CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT",
					   find };
