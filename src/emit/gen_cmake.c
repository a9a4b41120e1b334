/* CudaEnvConfig.cmake and its version file, for find_package(CudaEnv); the texts are in cmake/. */
#include "emit/gen_cmake.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/program.h"
#include "base/scratch.h"
#include "base/world.h"

#define PATIENCE 300	/* seconds; CMake compiles a small file or two */

extern const char template_config[], template_config_version[];

bool
gen_cmake_word(struct run *run, const char *name, const char *path, const char **out)
{
	if (!generator_holds(run, name, path, GEN_CMAKE_NOT, false))
		return false;
	*out = str_format(&run->arena, "[[%s]]", path);
	return true;
}

bool
gen_cmake_toolkit(struct run *run, const char *name, const struct toolkit *toolkit)
{
	return toolkit->nvcc || run_fail(run, "%s: the toolkit in %s has no nvcc, without which CMake takes none; choose "
					 "another: cuenv versions", name, toolkit->root);
}

/* A path below the root as text between quotes, where the root may be moved with the file; else in brackets. */
static bool
word(struct run *run, const struct blueprint *from, const char *path, const char **out)
{
	const char *below = generator_below(run, from->toolkit, path, "${CudaEnv_ROOT_DIR}");

	if (below == path)
		return gen_cmake_word(run, "cmake", path, out);
	if (!generator_holds(run, "cmake", path, GEN_CMAKE_NOT, false))
		return false;
	*out = str_format(&run->arena, "\"%s\"", below);
	return true;
}

static bool
words(struct run *run, const struct blueprint *from, const struct strings *paths, const char **out)
{
	struct strings all = { 0 };
	const char *text;

	for (size_t i = 0; i < paths->n; i++) {
		if (!word(run, from, paths->item[i], &text))
			return false;
		strings_add(&run->arena, &all, text);
	}
	*out = strings_join(&run->arena, &all, " ");
	return true;
}

/* A file that lies within its toolkit moves with it. */
static bool
root_word(struct run *run, const struct blueprint *from, const char **out)
{
	const char *up = generator_up(run, from);

	if (!gen_cmake_word(run, "cmake", from->toolkit->root, out))
		return false;
	if (up)
		*out = str_format(&run->arena, "\"${CMAKE_CURRENT_LIST_DIR}/%s\")\n"
				  "get_filename_component(CudaEnv_ROOT_DIR \"${CudaEnv_ROOT_DIR}\" REALPATH", up);
	return true;
}

/* Flags may hold what no path for CMake does, and come out of brackets as they are. */
static void
set_flags(struct run *run, const char *name, const struct strings *flags, struct strings *lines)
{
	strings_add(&run->arena, lines, str_format(&run->arena, "set(CudaEnv_%s%s%s%s)\n", name, flags->n ? " [=[" : "",
						   strings_join(&run->arena, flags, "]=] [=["), flags->n ? "]=]" : ""));
}

static bool
set(struct run *run, const char *name, const struct strings *values, struct strings *lines)
{
	struct strings words = { 0 };
	const char *word;

	for (size_t i = 0; i < values->n; i++) {
		if (!gen_cmake_word(run, "cmake", values->item[i], &word))
			return false;
		strings_add(&run->arena, &words, word);
	}
	strings_add(&run->arena, lines, str_format(&run->arena, "set(CudaEnv_%s %s)\n", name,
						   strings_join(&run->arena, &words, " ")));
	return true;
}

static bool
set_one(struct run *run, const char *name, const char *value, struct strings *lines)
{
	struct strings values = { &value, 1 };

	return !value || set(run, name, &values, lines);
}

/* The torch at hand, under the names that FindCudaEnv.cmake has. */
static bool
torch_lines(struct run *run, const struct blueprint *from, const char **out)
{
	const struct python *python = from->machine->python;
	const struct torch *torch = from->machine->torch;
	struct strings lines = { 0 };

	*out = "";
	if (!torch || !torch->version)
		return true;
	if (!set_one(run, "TORCH_DIR", torch->dir, &lines) || !set_one(run, "TORCH_VERSION", torch->version, &lines) ||
	    !set_one(run, "TORCH_LIBRARY_DIR", torch->lib_dir, &lines) ||
	    !set(run, "TORCH_INCLUDE_DIRS", &torch->include_dirs, &lines) ||
	    !set_one(run, "PYTHON_INCLUDE_DIR", python ? python->include_dir : NULL, &lines))
		return false;
	set_flags(run, "TORCH_CXX_FLAGS", &from->cxx_flags, &lines);
	set_flags(run, "TORCH_NVCC_FLAGS", &from->nvcc_flags, &lines);
	if (torch->cuda.n)
		set_one(run, "TORCH_CUDA_VERSION", version_text(&run->arena, &torch->cuda, 0), &lines);
	if (torch->cxx11_abi >= 0)
		set_one(run, "TORCH_CXX11_ABI", torch->cxx11_abi ? "1" : "0", &lines);
	if (torch->cxx_std)
		set_one(run, "TORCH_CXX_STANDARD", str_format(&run->arena, "%d", torch->cxx_std), &lines);
	*out = strings_join(&run->arena, &lines, "");
	return true;
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const struct toolkit *toolkit = from->toolkit;
	const char *root, *nvcc, *includes, *libraries, *torch;

	if (!gen_cmake_toolkit(run, "cmake", toolkit) || !root_word(run, from, &root) || !word(run, from, toolkit->nvcc, &nvcc) ||
	    !words(run, from, &toolkit->include_dirs, &includes) || !words(run, from, &toolkit->lib_dirs, &libraries) ||
	    !torch_lines(run, from, &torch))
		return false;
	const struct blank blanks[] = {
		{ "NOTE", generator_note(run, "cmake", toolkit) }, { "ROOT", root }, { "NVCC", nvcc }, { "INCLUDES", includes },
		{ "LIBRARIES", libraries }, { "TORCH", torch },
		{ "VERSION", version_text(&run->arena, &toolkit->version, 0) },
		{ "MINOR", str_format(&run->arena, "%d[.]%d", toolkit->version.part[0], toolkit->version.part[1]) },
		{ "MAJOR", str_format(&run->arena, "%d", toolkit->version.part[0]) }, { 0 } };

	generator_add(run, out, "CudaEnvConfig.cmake", generator_fill(run, template_config, blanks));
	generator_add(run, out, "CudaEnvConfigVersion.cmake", generator_fill(run, template_config_version, blanks));
	return true;
}

struct trial { const char *cmake, *languages, *lines, *preset; const struct strings *words; struct strings *problems; };

/* The line of CMake's that says what is wrong: the one behind "CMake Error at …", with those that follow it. */
static const char *
complaint(struct run *run, const struct blob *err)
{
	const char *at = err->size ? blob_find(err, "CMake Error") : NULL, *end;
	struct strings lines;

	if (!at)
		return err->size ? str_trim(&run->arena, err->data, strcspn(err->data, "\n")) : "it says nothing";
	at += strcspn(at, "\n");
	at += strspn(at, " \n");
	end = strstr(at, "\n\n");
	lines = str_split(&run->arena, str_copy(&run->arena, at, end ? (size_t)(end - at) : strlen(at)), '\n');
	for (size_t i = 0; i < lines.n; i++)
		lines.item[i] = str_trim(&run->arena, lines.item[i], strlen(lines.item[i]));
	return strings_join(&run->arena, &lines, " ");
}

static bool
configure(struct run *run, const char *dir, void *context)
{
	const struct trial *trial = context;
	const char *text = str_format(&run->arena, "cmake_minimum_required(VERSION 3.18)\nproject(trial %s)\n%s",
				      trial->languages, trial->lines);
	struct program program = { .directory = dir, .seconds = PATIENCE };
	struct outcome outcome;
	struct blob preset;

	if (!world_write(run, path_join(&run->arena, dir, "CMakeLists.txt"), text, strlen(text)) ||
	    (trial->preset && (!world_read(run, trial->preset, 1 << 20, &preset) ||
			       !world_write(run, path_join(&run->arena, dir, "CMakeUserPresets.json"), preset.data, preset.size))))
		return run_fail(run, "cannot write in %s: %s", dir, strerror(errno));
	strings_add(&run->arena, &program.argv, trial->cmake);
	for (size_t i = 0; i < trial->words->n; i++)
		strings_add(&run->arena, &program.argv, trial->words->item[i]);
	strings_add(&run->arena, &program.argv, "-S");
	strings_add(&run->arena, &program.argv, dir);
	strings_add(&run->arena, &program.argv, "-B");
	strings_add(&run->arena, &program.argv, path_join(&run->arena, dir, "build"));
	if (!program_run(run, &program, 1, &outcome))
		return false;
	if (outcome.timed_out)
		strings_add(&run->arena, trial->problems,
			    str_format(&run->arena, "%s took more than %d s", trial->cmake, PATIENCE));
	else if (outcome.status)
		strings_add(&run->arena, trial->problems, str_format(&run->arena, "%s: %s", trial->cmake,
								     complaint(run, &outcome.err)));
	return true;
}

bool
gen_cmake_configure(struct run *run, const char *languages, const char *lines, const char *preset,
		    const struct strings *arguments, struct strings *problems)
{
	struct trial trial = { world_on_path(run, "cmake", 0), languages, lines, preset, arguments, problems };

	if (!trial.cmake)
		return run_fail(run, "--check needs cmake, and none is on PATH");
	return scratch_with(run, NULL, configure, &trial);
}

static bool
check(struct run *run, const struct blueprint *from, struct strings *problems)
{
	struct strings arguments = { 0 };

	strings_add(&run->arena, &arguments, str_format(&run->arena, "-DCudaEnv_DIR=%s", from->folder));
	return gen_cmake_configure(run, "LANGUAGES CXX", "find_package(CudaEnv REQUIRED COMPONENTS cudart)\n", NULL, &arguments,
				   problems);
}

const struct generator generator_cmake = {
	.name = "cmake",
	.what = "CudaEnvConfig.cmake and CudaEnvConfigVersion.cmake, for find_package(CudaEnv)",
	.use = "cmake -S . -B build -DCudaEnv_DIR=@D",
	.generate = generate,
	.check = check,
};
