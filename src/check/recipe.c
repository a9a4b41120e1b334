/*
 * What torch's own build passes to the compilers is read from the torch at hand: utils/cpp_extension.py, where the text
 * "'-fPIC', '-std=c++17'", the list COMMON_NVCC_FLAGS and the table of named architectures look the same from torch
 * 1.5 to 2.15. From 2.8 on it no longer passes _GLIBCXX_USE_CXX11_ABI, and the compiler's own default decides.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "check/recipe.h"

static const char *const usual_nvcc_flags[] = {
	"-D__CUDA_NO_HALF_OPERATORS__", "-D__CUDA_NO_HALF_CONVERSIONS__", "-D__CUDA_NO_BFLOAT16_CONVERSIONS__",
	"-D__CUDA_NO_HALF2_OPERATORS__", "--expt-relaxed-constexpr",
};

/* The quoted words between start and end. */
static void
quoted(struct run *run, const char *start, const char *end, struct strings *out)
{
	while ((start = memchr(start, '\'', (size_t)(end - start)))) {
		const char *close = memchr(start + 1, '\'', (size_t)(end - start - 1));

		if (!close)
			return;
		strings_add(&run->arena, out, str_copy(&run->arena, start + 1, (size_t)(close - start - 1)));
		start = close + 1;
	}
}

static void
read_nvcc_flags(struct run *run, const struct blob *text, struct strings *out)
{
	const char *list = text->size ? blob_find(text, "COMMON_NVCC_FLAGS = [") : NULL;
	const char *end = list ? strchr(list, ']') : NULL;

	if (end)
		quoted(run, list, end, out);
	for (size_t i = 0; !out->n && i < sizeof(usual_nvcc_flags) / sizeof(usual_nvcc_flags[0]); i++)
		strings_add(&run->arena, out, usual_nvcc_flags[i]);
}

static void
read_archs(struct run *run, const struct blob *text, struct strings *out)
{
	const char *list = blob_find(text, "supported_arches = ["), *end = list ? strchr(list, ']') : NULL;

	if (end)
		quoted(run, list, end, out);
}

/*
 * Up to 2.8 torch passes the three words of pybind11's ABI that its own Python side was built with. They are the end of a
 * string in it: "__pybind11_internals_v4_gcc_libstdcpp_cxxabi1011__".
 */
void
recipe_pybind(struct run *run, const struct torch *torch, struct strings *out)
{
	static const char *const names[] = { "COMPILER_TYPE", "STDLIB", "BUILD_ABI" };
	const char *library = path_join(&run->arena, torch->lib_dir, "libtorch_python.so"), *at;
	char text[128];

	if (!world_find(run, library, 0, SIZE_MAX, "__pybind11_internals_v", text, sizeof(text)))
		return;
	at = strchr(text, '_');
	for (int i = 0; at && i < 3; i++) {
		size_t length = strcspn(at + 1, "_") + 1;

		if (length < 2)
			return;
		strings_add(&run->arena, out, str_format(&run->arena, "-DPYBIND11_%s=\"%.*s\"", names[i], (int)length, at));
		at += length;
	}
}

static bool
read_text(struct run *run, const struct torch *torch, const char **file, struct blob *text)
{
	*file = path_join(&run->arena, torch->dir, "utils/cpp_extension.py");
	return world_read(run, *file, 1 << 20, text);
}

void
recipe_read(struct run *run, const struct torch *torch, struct recipe *out)
{
	static const char mark[] = "'-fPIC', '-std=c++";
	struct recipe recipe = { .cxx_std = torch->cxx_std ? torch->cxx_std : 17, .says_abi = true };
	struct blob text = { "", 0 };
	const char *at;

	if (read_text(run, torch, &recipe.file, &text)) {
		at = blob_find(&text, mark);
		if (at)
			recipe.cxx_std = atoi(at + sizeof(mark) - 1);
		recipe.says_abi = blob_find(&text, "_GLIBCXX_USE_CXX11_ABI=") != NULL;
		recipe.nvcc_variable = blob_find(&text, "PYTORCH_NVCC") != NULL;
		recipe.quotes_cxx = blob_find(&text, "cxx = {_shell_join(") != NULL;
		recipe.quotes_nvcc = blob_find(&text, "nvcc = _shell_join(") != NULL;
		recipe.native = blob_find(&text, "== \"native\"") != NULL;
		read_archs(run, &text, &recipe.archs);
		recipe.passes_pybind = blob_find(&text, "_PYBIND11_") != NULL;
	} else {
		recipe.file = NULL;
	}
	read_nvcc_flags(run, &text, &recipe.nvcc_flags);
	*out = recipe;
}

const char *
recipe_named_arch(struct run *run, const struct recipe *recipe, const char *name)
{
	struct blob text;
	struct strings words = { 0 };
	const char *at, *end;

	if (!recipe->file || !world_read(run, recipe->file, 1 << 20, &text))
		return NULL;
	at = blob_find(&text, str_format(&run->arena, "('%s', '", name));
	end = at ? strchr(at, ')') : NULL;
	if (end)
		quoted(run, at, end, &words);
	return words.n == 2 ? words.item[1] : NULL;
}

void
recipe_flags(struct run *run, const struct torch *torch, struct strings *cxx, struct strings *nvcc)
{
	struct recipe recipe;

	recipe_read(run, torch, &recipe);
	*cxx = (struct strings){ 0 };
	if (recipe.passes_pybind)
		recipe_pybind(run, torch, cxx);
	strings_add(&run->arena, cxx, "-DTORCH_API_INCLUDE_EXTENSION_H");
	if (torch->cxx11_abi >= 0)
		strings_add(&run->arena, cxx, str_format(&run->arena, "-D_GLIBCXX_USE_CXX11_ABI=%d", torch->cxx11_abi));
	*nvcc = recipe.nvcc_flags;
}
