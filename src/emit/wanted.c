#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/activation.h"
#include "emit/list.h"

bool
activation_is_shared(const char *directory)
{
	static const char *const shared[] = { "/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin" };

	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		if (strcmp(directory, shared[i]) == 0)
			return true;
	return false;
}

/* Where ld.so looks unasked, so that LD_LIBRARY_PATH need not say it. */
static bool
is_system_library(const char *directory)
{
	return path_below(directory, "/lib") || path_below(directory, "/usr/lib") || path_below(directory, "/usr/lib64");
}

static const char *
cudaarchs(struct run *run, const char *archs)
{
	struct strings all = { 0 }, given = str_split(&run->arena, archs, ';');

	for (size_t i = 0; i < given.n; i++) {
		char *word = (char *)str_copy(&run->arena, given.item[i], strcspn(given.item[i], "+"));
		size_t n = 0;

		for (size_t at = 0; word[at]; at++)
			if (word[at] != '.')
				word[n++] = word[at];
		word[n] = '\0';
		if (n)
			strings_add_once(&run->arena, &all, word);
	}
	return strings_join(&run->arena, &all, ";");
}

/* lib64 may be a link to targets/x86_64-linux/lib: one name is enough. */
static void
want_libraries(struct run *run, const struct toolkit *toolkit, struct wanted *out)
{
	struct strings seen = { 0 };

	for (size_t i = 0; i < toolkit->lib_dirs.n; i++) {
		const char *directory = toolkit->lib_dirs.item[i], *real = world_real(run, directory);

		if (is_system_library(directory) || str_ends(directory, "/stubs") || strings_has(&seen, real ? real : directory))
			continue;
		strings_add(&run->arena, &seen, real ? real : directory);
		strings_add(&run->arena, &out->libraries, directory);
	}
}

static bool
want_lists(struct run *run, const struct toolkit *toolkit, bool runtime, struct wanted *out)
{
	const char *bin = toolkit->nvcc ? path_parent(&run->arena, toolkit->nvcc) : path_join(&run->arena, toolkit->root, "bin");

	if (!activation_is_shared(bin))
		strings_add(&run->arena, &out->path, bin);
	if (runtime)
		want_libraries(run, toolkit, out);
	if (strchr(toolkit->root, ':') || strchr(bin, ':'))
		return run_fail(run, "%s: a path with ':' cannot stand in PATH; rename that folder", toolkit->root);
	return true;
}

/* "nvcc -ccbin g++-11" stays where it calls this nvcc, and names no other host compiler than host. */
static const char *
cudacxx(struct run *run, const struct toolkit *toolkit, const char *host)
{
	const char *text = run_env(run, "CUDACXX"), *ccbin, *named;
	size_t n = text ? strcspn(text, " ") : 0;

	if (!text || !text[n] || !toolkit->nvcc)
		return toolkit->nvcc;
	named = str_copy(&run->arena, text, n);
	named = strchr(named, '/') ? path_clean(&run->arena, run->cwd, named) : world_on_path(run, named, 0);
	if (!named || !str_same(world_real(run, named), world_real(run, toolkit->nvcc)))
		return toolkit->nvcc;
	ccbin = compiler_ccbin(run, text);
	if (host && ccbin && !strchr(ccbin, '/'))
		ccbin = world_on_path(run, ccbin, 0);
	return host && ccbin && !str_same(world_real(run, ccbin), world_real(run, host)) ? toolkit->nvcc : text;
}

bool
activation_wanted(struct run *run, const struct toolkit *toolkit, const struct extras *extras, struct wanted *out)
{
	static const struct extras none;

	*out = (struct wanted){ .scalar = { { "CUDA_HOME", NULL }, { "CUDA_PATH", NULL }, { "CUDA_ROOT", NULL },
		{ "CUDAToolkit_ROOT", NULL }, { "CUDACXX", NULL }, { "CC", NULL }, { "CXX", NULL }, { "CUDAHOSTCXX", NULL },
		{ "NVCC_CCBIN", NULL }, { "NVCC_PREPEND_FLAGS", NULL }, { "NVCC_APPEND_FLAGS", NULL },
		{ "TORCH_CUDA_ARCH_LIST", NULL }, { "CUDAARCHS", NULL } } };
	if (!toolkit)
		return true;
	if (!extras)
		extras = &none;
	for (size_t i = 0; i < 4; i++)
		out->scalar[i].value = toolkit->root;
	out->scalar[4].value = cudacxx(run, toolkit, extras->compiler.host);
	out->scalar[5].value = extras->compiler.cc;
	out->scalar[6].value = extras->compiler.cxx;
	out->scalar[7].value = out->scalar[8].value = extras->compiler.host;
	out->scalar[9].value = extras->compiler.prepend;
	out->scalar[10].value = extras->compiler.append;
	out->scalar[11].value = extras->archs;
	out->scalar[12].value = extras->archs ? cudaarchs(run, extras->archs) : NULL;
	return want_lists(run, toolkit, extras->runtime, out);
}

const char *
changes_value(struct run *run, const struct changes *changes, const char *name)
{
	const char *value = list_env(run->environ, name);

	for (size_t i = 0; i < changes->n; i++)
		if (strcmp(changes->item[i].name, name) == 0)
			value = list_after(&run->arena, &changes->item[i], value);
	return value;
}
