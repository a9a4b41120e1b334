/*
 * The host compilers of a build. nvcc refuses what lies beyond the bound in its crt/host_config.h; torch has a table of its
 * own (setup.py builds only). torch compiles .cpp with CXX and passes CC to nvcc; nvcc alone takes the gcc of PATH.
 */
#include "check/compilers.h"
#include "check/say.h"

static const char *
bound(struct run *run, const struct toolkit *t, const struct compiler *c)
{
	return str_format(&run->arena, "CUDA %s accepts %s ≤ %d", version_text(&run->arena, &t->version, 2),
			  c->is_clang ? "clang" : "GCC", c->is_clang ? t->clang_max : t->gcc_max);
}

static const char *
remedy(struct run *run, const struct machine *machine)
{
	const struct compiler *best = compilers_best(machine, machine->toolkit);

	if (best && !wants_extension(machine))	/* nvcc alone reads neither CXX nor CC */
		return str_format(&run->arena, "export NVCC_CCBIN=%s", best->path);
	if (best)
		return str_format(&run->arena, "export %s", compilers_variables(run, best->path));
	return str_format(&run->arena, "conda create -p ~/gxx -c conda-forge gxx=%d", machine->toolkit->gcc_max);
}

static const char *
evidence(struct run *run, const struct taken *taken)
{
	return str_format(&run->arena, "%s: %s", taken->from, taken->path ? taken->path : taken->word);
}

/* Whether nvcc stops at it; one that is told to take any goes on, to what it cannot read. */
static bool
refused(struct run *run, const struct machine *machine, const struct taken *taken, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	const struct compiler *c = taken->compiler;
	bool forced = compilers_forced(run);

	if (!c || compilers_accepts(t, c))
		return false;
	say(run, out, "CE201", forced ? SEVERITY_WARN : SEVERITY_FAIL,
	    str_format(&run->arena, "%s is too new for nvcc: %s", say_compiler(run, taken->path, c->is_clang, &c->version),
		       bound(run, t, c)),
	    remedy(run, machine), evidence(run, taken),
	    str_format(&run->arena, "%s: refuses %s > %d", t->part[PART_HOST_CONFIG], c->is_clang ? "clang" : "GCC",
		       c->is_clang ? t->clang_max : t->gcc_max), NULL);
	return !forced;
}

static bool
absent(struct run *run, const struct machine *machine, const struct taken *taken, struct findings *out)
{
	if (taken->path)
		return false;
	say(run, out, "CE203", wants_extension(machine) ? SEVERITY_FAIL : SEVERITY_WARN,
	    str_format(&run->arena, "%s was not found", taken->word),
	    str_same(taken->from, "the default") ? "sudo apt install g++" : str_format(&run->arena, "unset %s", taken->from),
	    str_format(&run->arena, "chosen by %s", taken->from),
	    machine->compilers.n ? NULL : "no g++ or clang++ is here", NULL);
	return true;
}

/* What nvcc is let or told to take and cannot read: GCC 11's std::function up to CUDA 11.5, GCC 13's _Float32 in 11. */
static void
unreadable(struct run *run, const struct machine *machine, const struct compiler *c, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	static const struct version mended = { 2, { 11, 6, 0, 0 } };
	bool old = version_compare(&t->version, &mended) < 0;
	bool types = c->version.part[0] >= 13 && t->version.part[0] < 12;

	if (c->is_clang || !c->version.n || !t->version.n || !(types || (old && c->version.part[0] >= 11)))
		return;
	say(run, out, "CE204", SEVERITY_WARN,
	    str_format(&run->arena, "nvcc %s cannot read GCC %d's own headers (%s)", version_text(&run->arena, &t->version, 2),
		       c->version.part[0], types ? "_Float32" : "std_function.h: parameter packs not expanded"),
	    str_format(&run->arena, "conda create -p ~/gxx -c conda-forge gxx=%d", old ? 10 : 11), say_toolkit(run, t),
	    say_compiler(run, c->path, false, &c->version), NULL);
}

static void
disagree(struct run *run, const struct taken *cxx, const struct taken *nvcc, struct findings *out)
{
	const struct compiler *a = cxx->compiler, *b = nvcc->compiler;

	if (!a || !b || a == b || (a->is_clang == b->is_clang && a->version.part[0] == b->version.part[0]))
		return;
	say(run, out, "CE207", SEVERITY_WARN,
	    str_format(&run->arena, "two compilers in one build: %s for .cpp files, %s behind nvcc",
		       say_compiler(run, cxx->path, a->is_clang, &a->version),
		       say_compiler(run, nvcc->path, b->is_clang, &b->version)),
	    str_format(&run->arena, "export %s", compilers_variables(run, a->path)), evidence(run, cxx),
	    evidence(run, nvcc), NULL);
}

static void
torchs_table(struct run *run, const struct machine *machine, const struct taken *cxx, struct findings *out)
{
	const struct compiler *c = cxx->compiler;
	const char *file;

	if (!wants_extension(machine) || !c)
		return;
	file = str_format(&run->arena, "%s/utils/cpp_extension.py", machine->torch->dir);
	if (!compilers_bounds(run, file, machine->toolkit, cxx->path, c->is_clang, &c->version, out))
		say(run, out, "CE206", SEVERITY_NOTE,
		    str_format(&run->arena, "torch's own compiler table has no row for CUDA %s; setup.py says so, and goes on",
			       version_text(&run->arena, &machine->toolkit->version, 2)), NULL, file, NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	struct taken cxx, nvcc;

	if (!machine->toolkit || !machine->toolkit->nvcc)
		return;
	cxx = compilers_cxx(run, machine);
	nvcc = compilers_nvcc(run, machine, machine->toolkit);
	if (absent(run, machine, &nvcc, out) || (wants_extension(machine) && absent(run, machine, &cxx, out)))
		return;
	if (refused(run, machine, &nvcc, out))
		return;
	if (nvcc.compiler)
		unreadable(run, machine, nvcc.compiler, out);
	if (wants_extension(machine))
		disagree(run, &cxx, &nvcc, out);
	torchs_table(run, machine, &cxx, out);
}

const struct check check_host_compiler = {
	"host-compiler", "the host compilers against nvcc's bound and torch's table",
	NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS, look,
};
