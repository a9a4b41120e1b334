/*
 * The host compilers of a build. nvcc refuses what lies beyond the bound in its crt/host_config.h, torch's headers what is too
 * old for them; torch has a table of its own (setup.py builds only).
 */
#include <string.h>

#include "check/say.h"
#include "check/torch_compilers.h"
#include "inspect/inspect.h"

/* The command that leads the build to one that will do. */
static const char *
remedy(struct run *run, const struct machine *machine)
{
	const struct compiler *best = compiler_here(run, machine, machine->toolkit).compiler;

	return best ? compiler_export(run, machine, machine->toolkit, best) : compiler_get(run, machine, machine->toolkit->gcc_max);
}

static const char *
evidence(struct run *run, const struct resolved_compiler *resolved)
{
	return str_format(&run->arena, "%s: %s", resolved->from, resolved->path ? resolved->path : resolved->word);
}

/* Whether nvcc stops at it; one that is told to take any goes on, to what it cannot read. */
static bool
too_new(struct run *run, const struct machine *machine, const struct resolved_compiler *nvcc, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	const struct compiler *c = nvcc->compiler;
	bool forced = compiler_is_forced(run);

	if (!c || compiler_fit(machine, t, c->is_clang, &c->version) != COMPILER_TOO_NEW)
		return false;
	say(run, out, "CE201", forced ? SEVERITY_WARN : SEVERITY_FAIL,
	    str_format(&run->arena, "%s is too new for nvcc: %s", compiler_says(run, nvcc->path, c->is_clang, &c->version),
		       compiler_bound(run, machine, t, c->is_clang, &c->version)),
	    remedy(run, machine), evidence(run, nvcc),
	    str_format(&run->arena, "%s: refuses %s > %d", t->part[PART_HOST_CONFIG], c->is_clang ? "clang" : "GCC",
		       c->is_clang ? t->clang_max : t->gcc_max),
	    run_env(run, "NVCC_CCBIN") && !inspect_reads_ccbin(run, t)
		    ? str_format(&run->arena, "NVCC_CCBIN=%s: nvcc %s does not read it", run_env(run, "NVCC_CCBIN"),
				 version_text(&run->arena, &t->version, 2)) : NULL, NULL);
	return !forced;
}

/* Whether torch's headers stop at it. */
static bool
too_old(struct run *run, const struct machine *machine, const struct resolved_compiler *used, struct findings *out)
{
	const struct compiler *c = used->compiler;

	if (!c || compiler_fit(machine, machine->toolkit, c->is_clang, &c->version) != COMPILER_TOO_OLD)
		return false;
	say(run, out, "CE209", SEVERITY_FAIL,
	    str_format(&run->arena, "%s is too old: %s", compiler_says(run, used->path, c->is_clang, &c->version),
		       compiler_bound(run, machine, machine->toolkit, c->is_clang, &c->version)),
	    remedy(run, machine), evidence(run, used), str_format(&run->arena, "%s: #error", machine->torch->gcc_min_from), NULL);
	return true;
}

static bool
absent(struct run *run, const struct machine *machine, const struct resolved_compiler *used, struct findings *out)
{
	if (used->path)
		return false;
	say(run, out, "CE203", wants_extension(machine) ? SEVERITY_FAIL : SEVERITY_WARN,
	    str_format(&run->arena, "%s was not found", used->word),
	    used->named ? str_format(&run->arena, "unset %s", used->from) : compiler_get(run, machine, machine->toolkit->gcc_max),
	    str_format(&run->arena, "chosen by %s", used->from),
	    machine->compilers.n ? NULL : "no g++ or clang++ is here", NULL);
	return true;
}

/* torch passes CC on as one word. */
static bool
several_words(struct run *run, const struct machine *machine, const struct resolved_compiler *nvcc, struct findings *out)
{
	if (!str_same(nvcc->from, "CC") || !strchr(nvcc->word, ' '))
		return false;
	say(run, out, "CE203", SEVERITY_FAIL,
	    str_format(&run->arena, "nvcc finds no program called '%s': torch passes CC to it as one word", nvcc->word),
	    remedy(run, machine), say_variable(run, "CC"), NULL);
	return true;
}

/* What nvcc is let or told to take and cannot read. */
static void
unreadable(struct run *run, const struct machine *machine, const struct compiler *c, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	const struct toolkit any = { .version = t->version };	/* also beyond the bound, where that is not heeded */
	const struct compiler *best;
	int readable = compiler_readable(t);

	if (!c || compiler_fit(machine, &any, c->is_clang, &c->version) != COMPILER_UNREADABLE)
		return;
	best = compiler_here(run, machine, t).compiler;
	say(run, out, "CE204", SEVERITY_WARN,
	    str_format(&run->arena, "%s (%s)", compiler_bound(run, machine, &any, false, &c->version),
		       c->version.part[0] >= 13 ? "_Float32" : "std_function.h: parameter packs not expanded"),
	    best && best != c && !compiler_bound(run, machine, t, best->is_clang, &best->version)
		    ? compiler_export(run, machine, t, best)
		    : compiler_get(run, machine, t->gcc_max && t->gcc_max < readable ? t->gcc_max : readable),
	    say_toolkit(run, t), compiler_says(run, c->path, false, &c->version), NULL);
}

static void
disagree(struct run *run, const struct machine *machine, const struct resolved_compiler *cxx,
	 const struct resolved_compiler *nvcc, struct findings *out)
{
	const struct compiler *a = cxx->compiler, *b = nvcc->compiler;

	if (!a || !b || a == b || (a->is_clang == b->is_clang && a->version.part[0] == b->version.part[0]))
		return;
	say(run, out, "CE207", SEVERITY_WARN,
	    str_format(&run->arena, "two compilers in one build: %s for .cpp files, %s behind nvcc",
		       compiler_says(run, cxx->path, a->is_clang, &a->version),
		       compiler_says(run, nvcc->path, b->is_clang, &b->version)),
	    remedy(run, machine), evidence(run, cxx), evidence(run, nvcc), NULL);
}

static void
torchs_table(struct run *run, const struct machine *machine, const struct resolved_compiler *cxx, struct findings *out)
{
	const struct compiler *c = cxx->compiler;
	const char *file;

	if (!wants_extension(machine) || !c)
		return;
	file = str_format(&run->arena, "%s/utils/cpp_extension.py", machine->torch->dir);
	if (!torch_compilers_judge(run, file, machine->toolkit, cxx->path, c->is_clang, &c->version, out))
		say(run, out, "CE206", SEVERITY_NOTE,
		    str_format(&run->arena, "torch's own compiler table has no row for CUDA %s; setup.py says so, and goes on",
			       version_text(&run->arena, &machine->toolkit->version, 2)), NULL, file, NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	bool extension = wants_extension(machine);
	struct resolved_compiler cxx, nvcc;

	if (!machine->toolkit || !machine->toolkit->nvcc)
		return;
	cxx = compiler_cxx(run, machine);
	nvcc = compiler_nvcc(run, machine, machine->toolkit);
	if (absent(run, machine, &nvcc, out) || (extension && absent(run, machine, &cxx, out)))
		return;
	if (several_words(run, machine, &nvcc, out) || too_new(run, machine, &nvcc, out) || too_old(run, machine, &nvcc, out) ||
	    too_old(run, machine, &cxx, out))
		return;
	unreadable(run, machine, nvcc.compiler, out);
	if (extension)
		disagree(run, machine, &cxx, &nvcc, out);
	torchs_table(run, machine, &cxx, out);
}

const struct check check_host_compiler = {
	"host-compiler", "the host compilers against nvcc's bound, torch's headers and torch's table",
	NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS, look,
};
