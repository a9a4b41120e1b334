/*
 * nvcc, for those that no shell hook reaches (an IDE, cron): a link of that name to cuenv is the nvcc of the toolkit that
 * is selected here. Where the gcc on PATH is beyond that toolkit's bound and nobody named another one, it is given an
 * accepted one as -ccbin. nvcc finds its own parts beside its argv[0] and resolves no links, so it is called by its real place.
 */
#include "cli/shim.h"

#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/program.h"
#include "base/str.h"
#include "base/world.h"
#include "build/compiler.h"
#include "machine.h"
#include "select/choice.h"
#include "select/select.h"

#define FAILED 125
#define SELF "/proc/self/exe"

static bool
same_file(struct run *run, const char *a, const char *b)
{
	struct stat x, y;

	return world_stat(run, a, &x) && world_stat(run, b, &y) && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

/* A link leads to cuenv, which may have become cuenv-full by now: beside it, or in libexec/cuenv. */
static bool
is_self(struct run *run, const char *path)
{
	const char *self;

	if (same_file(run, path, SELF))
		return true;
	if (!world_readlink(run, SELF, &self))
		return false;
	self = path_parent(&run->arena, self);
	return same_file(run, path, path_join(&run->arena, self, "cuenv")) ||
	       same_file(run, path, path_join(&run->arena, self, "../../bin/cuenv"));
}

/* The environment without the PATH entries whose nvcc is this program: it would find itself. */
static char *const *
without_self(struct run *run)
{
	const char *value = run_env(run, "PATH");
	struct strings entries = str_split(&run->arena, value ? value : "", ':'), kept = { 0 }, list = { 0 };

	for (size_t i = 0; i < entries.n; i++)
		if (!is_self(run, path_clean(&run->arena, run->cwd, path_join(&run->arena, entries.item[i], "nvcc"))))
			strings_add(&run->arena, &kept, entries.item[i]);
	strings_add(&run->arena, &list, str_format(&run->arena, "PATH=%s", strings_join(&run->arena, &kept, ":")));
	for (char *const *at = run->environ; at && *at; at++)
		if (!str_starts(*at, "PATH="))
			strings_add(&run->arena, &list, *at);
	strings_add(&run->arena, &list, NULL);
	return (char *const *)list.item;
}

static const struct toolkit *
choose(struct run *run, struct machine *machine)
{
	struct selection selection;
	struct chosen chosen;
	struct spec spec;

	if (!choice_make(run, &chosen) || !spec_parse(chosen.spec, &spec))
		return NULL;
	if (spec.kind == SPEC_PATH)
		strings_add(&run->arena, &run->named, chosen.spec);
	if (!machine_survey(run, NEED_TOOLKITS | (spec.kind == SPEC_TORCH ? NEED_TORCH : 0), &spec, machine))
		return NULL;
	selection = select_toolkit(&run->arena, machine, chosen.spec, false);
	return selection.toolkit ? selection.toolkit : (run_fail(run, "%s", selection.why), NULL);
}

/* Whether the command line names the host compiler, perhaps in a file of words. */
static bool
names_compiler(char **argv)
{
	for (; *argv; argv++)
		if (strstr(*argv, "-ccbin") || strstr(*argv, "--compiler-bindir") || str_starts(*argv, "-optf") ||
		    str_starts(*argv, "--options-file"))
			return true;
	return false;
}

/* Whether nvcc is only asked about itself: that calls no compiler, and must be answered at once. */
static bool
is_question(char **argv)
{
	static const char *const questions[] = { "--version", "-V", "--help", "-h", "--list-gpu-arch", "--list-gpu-code" };

	for (; *argv; argv++)
		for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
			if (strcmp(*argv, questions[i]) == 0)
				return true;
	return false;
}

/* The compiler to name, or NULL: what nvcc takes will do, somebody named it, or nothing here does and nvcc shall say so itself. */
static const char *
better_compiler(struct run *run, const struct toolkit *toolkit)
{
	struct machine machine = { 0 };
	struct resolved_compiler now;
	const struct compiler *best;
	struct toolkit close;

	if (!machine_look(run, toolkit->root, false, &close) || (!close.gcc_max && !close.clang_max) ||
	    !machine_survey(run, NEED_COMPILERS, NULL, &machine))
		return NULL;
	now = compiler_nvcc(run, &machine, &close);
	if (now.named || (now.compiler && !compiler_bound(run, &machine, &close, now.compiler->is_clang, &now.compiler->version)))
		return NULL;
	best = compiler_here(run, &machine, &close).compiler;
	return best ? best->path : NULL;
}

int
shim_nvcc(struct run *run, char **argv)
{
	char *const *before = run->environ;
	struct machine machine = { 0 };
	struct strings words = { 0 };
	const struct toolkit *toolkit;
	const char *compiler = NULL;

	run->environ = without_self(run);
	toolkit = choose(run, &machine);
	if (!toolkit)
		return FAILED;
	if (is_self(run, toolkit->nvcc)) {
		run_fail(run, "%s is cuenv itself; see: cuenv versions --why", toolkit->nvcc);
		return FAILED;
	}
	if (!is_question(argv + 1) && cxx_misread(run, toolkit->nvcc)) {
		run_fail(run, "%s", cxx_misread(run, toolkit->nvcc));
		return FAILED;
	}
	if (!is_question(argv + 1) && !names_compiler(argv + 1))
		compiler = better_compiler(run, toolkit);
	strings_add(&run->arena, &words, toolkit->nvcc);
	if (compiler) {
		strings_add(&run->arena, &words, "-ccbin");
		strings_add(&run->arena, &words, compiler);
	}
	for (argv++; *argv; argv++)
		strings_add(&run->arena, &words, *argv);
	return program_become(run, &words, before);
}
