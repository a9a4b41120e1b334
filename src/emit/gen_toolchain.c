/* A CMake toolchain file: the compiler must be known before project() asks for CUDA, which no package can be. */
#include <string.h>

#include "base/path.h"
#include "emit/find.h"
#include "emit/gen_cmake.h"

extern const char template_toolchain[];

static const char *
file_name(struct run *run, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "cuda-%s-toolchain.cmake", version_text(&run->arena, &toolkit->version, 2));
}

/* CUDAHOSTCXX and CUDAARCHS are the user's word too, which CMake reads where the variable is not set. */
static const char *
setting(struct run *run, const char *variable, const char *environment, const char *type, const char *word)
{
	return str_format(&run->arena, "\tif(NOT DEFINED %s AND NOT DEFINED ENV{%s})\n"
			  "\t\tset(%s %s CACHE %s \"by cuenv gen toolchain\")\n\tendif()\n", variable, environment, variable,
			  word, type);
}

static bool
plan(struct run *run, const struct blueprint *from, const char **out)
{
	const char *cxx = "", *archs = "", *word;

	if (from->plan.compiler.host) {
		if (!gen_cmake_word(run, "toolchain", from->plan.compiler.host, &word))
			return false;
		cxx = setting(run, "CMAKE_CUDA_HOST_COMPILER", "CUDAHOSTCXX", "FILEPATH", word);
	}
	if (from->plan.archs)
		archs = setting(run, "CMAKE_CUDA_ARCHITECTURES", "CUDAARCHS", "STRING",
				str_format(&run->arena, "\"%s\"", find_architectures(run, from->plan.archs)));
	*out = str_format(&run->arena, "%s%s", cxx, archs);
	return true;
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const struct toolkit *toolkit = from->toolkit;
	const char *nvcc, *root, *more;

	if (!gen_cmake_toolkit(run, "toolchain", toolkit) || !gen_cmake_word(run, "toolchain", toolkit->nvcc, &nvcc) ||
	    !gen_cmake_word(run, "toolchain", toolkit->root, &root) || !plan(run, from, &more))
		return false;
	generator_add(run, out, file_name(run, toolkit), generator_fill(run, template_toolchain, (const struct blank[]){
		{ "NOTE", generator_note(run, "toolchain", toolkit) }, { "NVCC", nvcc }, { "ROOT", root },
		{ "VERSION", version_text(&run->arena, &toolkit->version, 0) }, { "PLAN", more }, { 0 } }));
	return true;
}

static bool
check(struct run *run, const struct blueprint *from, struct strings *problems)
{
	struct strings words = { 0 };

	strings_add(&run->arena, &words, str_format(&run->arena, "-DCMAKE_TOOLCHAIN_FILE=%s",
		    path_join(&run->arena, from->folder, file_name(run, from->toolkit))));
	return gen_cmake_configure(run, "LANGUAGES CXX CUDA", "", NULL, &words, problems);
}

const struct generator generator_toolchain = {
	.name = "toolchain",
	.what = "a CMake toolchain file",
	.use = "cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE=@D/cuda-@V-toolchain.cmake",
	.single = true,
	.builds = true,
	.generate = generate,
	.check = check,
};
