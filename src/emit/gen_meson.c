/*
 * A native file, Meson's for the compilers of this machine. Without it build.ninja has the nvcc that PATH gives whenever ninja
 * runs. dependency('cuda') reads no such file but CUDA_PATH when meson sets up or comes again, which .use names.
 */
#include <string.h>

#include "base/path.h"
#include "base/program.h"
#include "base/scratch.h"
#include "base/world.h"
#include "emit/find.h"
#include "emit/generator.h"

#define PATIENCE 300	/* seconds; Meson compiles a small file or two */
#define NOT "'\"\\$`"	/* Meson doubles each '\', so that nothing gets a '\'' into a value; with the others nvcc itself fails */

static const char *
file_name(struct run *run, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "cuda-%s.ini", version_text(&run->arena, &toolkit->version, 2));
}

static bool
put(struct run *run, struct strings *lines, const char *key, const char *path)
{
	if (!path)
		return true;
	if (!generator_holds(run, "meson", path, NOT, true))
		return false;
	strings_add(&run->arena, lines, str_format(&run->arena, "%s = '%s'", key, path));
	return true;
}

/* CMake's "80-real;90" as nvcc's words: a plain number is both machine code and PTX. */
static const char *
gencode(struct run *run, const char *archs)
{
	struct strings words = str_split(&run->arena, find_architectures(run, archs), ';'), out = { 0 };

	for (size_t i = 0; i < words.n; i++) {
		size_t n = strcspn(words.item[i], "-");
		const char *arch = str_copy(&run->arena, words.item[i], n);

		strings_add(&run->arena, &out, str_format(&run->arena, "'-gencode=arch=compute_%s,code=sm_%s'", arch, arch));
		if (!words.item[i][n])
			strings_add(&run->arena, &out,
				    str_format(&run->arena, "'-gencode=arch=compute_%s,code=compute_%s'", arch, arch));
	}
	return strings_join(&run->arena, &out, ", ");
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const struct toolkit *toolkit = from->toolkit;
	const char *flags = from->plan.archs ? gencode(run, from->plan.archs) : NULL;
	struct strings lines = { 0 };

	if (!toolkit->nvcc)
		return run_fail(run, "meson: the toolkit in %s has no nvcc; choose another: cuenv versions", toolkit->root);
	strings_add(&run->arena, &lines, str_format(&run->arena, "# %s", generator_note(run, "meson", toolkit)));
	strings_add(&run->arena, &lines, "[binaries]");
	if (!put(run, &lines, "c", from->plan.compiler.cc) || !put(run, &lines, "cpp", from->plan.compiler.cxx) ||
	    !put(run, &lines, "cuda", toolkit->nvcc))
		return false;
	strings_add(&run->arena, &lines, "\n[built-in options]");
	put(run, &lines, "cuda_ccbindir", from->plan.compiler.cxx);
	if (flags)
		strings_add(&run->arena, &lines, str_format(&run->arena, "cuda_args = [%s]\ncuda_link_args = [%s]", flags, flags));
	generator_add(run, out, file_name(run, toolkit), str_format(&run->arena, "%s\n", strings_join(&run->arena, &lines, "\n")));
	return true;
}

struct trial { const char *meson, *file; struct strings *problems; };

/* Meson says what is wrong in a line of its own: "meson.build:1:0: ERROR: …". */
static const char *
complaint(struct run *run, const struct blob *out)
{
	const char *at = out->size ? blob_find(out, "ERROR: ") : NULL;

	return at ? str_copy(&run->arena, at + 7, strcspn(at + 7, "\n")) : "it does not say why";
}

static bool
set_up(struct run *run, const char *dir, void *context)
{
	static const char text[] = "project('trial', 'cpp', 'cuda')\n";
	const struct trial *trial = context;
	struct program program = { .directory = dir, .seconds = PATIENCE };
	struct outcome outcome;

	if (!world_write(run, path_join(&run->arena, dir, "meson.build"), text, strlen(text)))
		return run_fail(run, "cannot write in %s", dir);
	strings_add(&run->arena, &program.argv, trial->meson);
	strings_add(&run->arena, &program.argv, "setup");
	strings_add(&run->arena, &program.argv, str_format(&run->arena, "--native-file=%s", trial->file));
	strings_add(&run->arena, &program.argv, path_join(&run->arena, dir, "build"));
	strings_add(&run->arena, &program.argv, dir);
	if (!program_run(run, &program, 1, &outcome))
		return false;
	if (outcome.timed_out || outcome.status)
		strings_add(&run->arena, trial->problems, outcome.timed_out ?
			    str_format(&run->arena, "%s took more than %d s", trial->meson, PATIENCE) :
			    str_format(&run->arena, "%s: %s", trial->meson, complaint(run, &outcome.out)));
	return true;
}

static bool
check(struct run *run, const struct blueprint *from, struct strings *problems)
{
	struct trial trial = { world_on_path(run, "meson", 0), path_join(&run->arena, from->folder, file_name(run, from->toolkit)),
			       problems };

	if (!trial.meson)
		return run_fail(run, "--check needs meson, and none is on PATH");
	return scratch_with(run, NULL, set_up, &trial);
}

const struct generator generator_meson = {
	.name = "meson",
	.what = "a native file for Meson",
	.use = "CUDA_PATH=@R meson setup --native-file=@D/cuda-@V.ini build",
	.single = true,
	.builds = true,
	.generate = generate,
	.check = check,
};
