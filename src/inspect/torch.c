/*
 * torch without importing it. torch/version.py states version, CUDA and HIP; each other fact has a file of its own, see
 * torch_*.c. All of it was compared with what torch 1.13.1, 2.0.1, 2.5.1, 2.9.1, 2.11.0 and 2.15.0 say when imported
 * (tests/real/torch.test).
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"
#include "inspect/torch_parts.h"

#define LONGEST_VALUE 200

/* What stands between the quotes of a line's value, as long as it is plain text; NULL otherwise. */
static const char *
quoted(struct run *run, const char *value)
{
	size_t n = strlen(value);
	const char *rest;

	if (n < 2 || n > LONGEST_VALUE || (value[0] != '\'' && value[0] != '"'))
		return NULL;
	for (size_t i = 1; i < n; i++)
		if (value[i] < ' ' || value[i] > '~' || value[i] == '\\')
			return NULL;
	n = strcspn(value + 1, value[0] == '"' ? "\"" : "'");
	if (!n || value[n + 1] != value[0])
		return NULL;
	rest = value + n + 2 + strspn(value + n + 2, " \t");
	return strchr("#;", *rest) ? str_copy(&run->arena, value + 1, n) : NULL;
}

/* NAME = 'text', NAME: annotation = 'text'. Lines that begin with a blank belong to something else. */
static bool
assignment(struct run *run, const char *line, size_t length, const char *name, const char **value)
{
	size_t n = strlen(name), blanks;
	const char *equals = memchr(line, '=', length);

	if (length < n || memcmp(line, name, n) != 0 || !equals || memchr(line, '\0', length))
		return false;
	blanks = strspn(line + n, " \t");
	if (line[n + blanks] != ':' && line + n + blanks != equals)
		return false;
	*value = quoted(run, str_trim(&run->arena, equals + 1, length - (size_t)(equals + 1 - line)));
	return true;
}

void
torch_version(struct run *run, struct torch *torch)
{
	const char *file = path_join(&run->arena, torch->dir, "version.py"), *line, *cuda = NULL;
	struct blob text = { 0 };
	size_t at = 0, length;

	world_read(run, file, 65536, &text);
	while (blob_line(&text, &at, &line, &length))
		if (!assignment(run, line, length, "__version__", &torch->version) &&
		    !assignment(run, line, length, "cuda", &cuda))
			assignment(run, line, length, "hip", &torch->hip);
	if (cuda)
		version_parse(cuda, &torch->cuda, NULL);
	if (!torch->version)
		run_trace(run, "torch", file, "no line __version__ = '…'");
}

bool
inspect_torch(struct run *run, const struct python *python, struct torch *out)
{
	struct torch torch = { .cxx11_abi = -1 };
	struct torch_place place = { .python = python };

	if (!torch_find(run, python, &place, &torch))
		return false;
	torch_version(run, &torch);
	place.info = torch_info(run, &place, torch.version);
	torch_abi(run, &torch);
	torch_cxx_std(run, &torch);
	torch_compilers(run, &torch);
	torch_cudart(run, &place, &torch);
	if (torch.cuda.n) {
		torch_archs(run, &torch);
		torch_cudnn(run, &place, &torch);
	}
	torch_origin(run, &place, &torch);
	*out = torch;
	return true;
}
