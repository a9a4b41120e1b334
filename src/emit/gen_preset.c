/*
 * CMakeUserPresets.json, of version 3 (CMake 3.21), the first that needs no generator. CMake reads no comments and no keys of
 * others in it, but "vendor" is theirs.
 */
#include "base/json.h"
#include "base/path.h"
#include "emit/find.h"
#include "emit/gen_cmake.h"

/* A '$', which begins CMake's own names here, is among what no path for CMake holds. */
static bool
put(struct run *run, struct cJSON *in, const char *key, const char *type, const char *value)
{
	struct cJSON *variable;

	if (!value)
		return true;
	if (!generator_holds(run, "preset", value, type[0] == 'S' ? "" : GEN_CMAKE_NOT, true))
		return false;
	variable = json_put_object(in, key);
	json_put_text(run, variable, "type", type);
	json_put_text(run, variable, "value", value);
	return true;
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const struct toolkit *toolkit = from->toolkit;
	const char *name = str_format(&run->arena, "cuda-%s", version_text(&run->arena, &toolkit->version, 2));
	struct cJSON *document = json_object(run), *preset, *variables;

	if (!document || !gen_cmake_toolkit(run, "preset", toolkit))
		return false;
	json_put_number(document, "version", 3);
	json_put_text(run, json_put_object(document, "vendor"), "cuenv", generator_note(run, "preset", toolkit));
	preset = json_put_object(json_put_array(document, "configurePresets"), NULL);
	json_put_text(run, preset, "name", name);
	json_put_text(run, preset, "displayName",
		      str_format(&run->arena, "CUDA %s", version_text(&run->arena, &toolkit->version, 0)));
	json_put_text(run, preset, "binaryDir", str_format(&run->arena, "${sourceDir}/build/%s", name));
	variables = json_put_object(preset, "cacheVariables");
	if (!put(run, variables, "CMAKE_CUDA_COMPILER", "FILEPATH", toolkit->nvcc) ||
	    !put(run, variables, "CMAKE_CUDA_HOST_COMPILER", "FILEPATH", from->plan.compiler.host) ||
	    !put(run, variables, "CMAKE_CUDA_ARCHITECTURES", "STRING",
		 from->plan.archs ? find_architectures(run, from->plan.archs) : NULL) ||
	    !put(run, variables, "CUDAToolkit_ROOT", "PATH", toolkit->root) ||
	    !put(run, variables, "CUDA_TOOLKIT_ROOT_DIR", "PATH", toolkit->root))
		return false;
	generator_add(run, out, "CMakeUserPresets.json", json_print(document));
	return true;
}

static bool
check(struct run *run, const struct blueprint *from, struct strings *problems)
{
	struct strings words = { 0 };

	strings_add(&run->arena, &words, "--preset");
	strings_add(&run->arena, &words,
		    str_format(&run->arena, "cuda-%s", version_text(&run->arena, &from->toolkit->version, 2)));
	return gen_cmake_configure(run, "LANGUAGES CXX CUDA", "", path_join(&run->arena, from->folder, "CMakeUserPresets.json"),
				   &words, problems);
}

const struct generator generator_preset = {
	.name = "preset",
	.what = "CMakeUserPresets.json with a preset cuda-X.Y, for CMake 3.21 or newer",
	.use = "cmake -S @D --preset cuda-@V",
	.single = true,
	.builds = true,
	.generate = generate,
	.check = check,
};
