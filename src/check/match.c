/*
 * A toolkit that is here is judged by the checks of doctor that speak of a toolkit, on its own files. A release that is not
 * is judged by its row in data/toolkits.json: majors for torch, the driver's floor, compiler bounds, architectures, and the
 * C library whose cospi and rsqrt its headers do not know (docs/facts.md).
 */
#include "check/match.h"

#include "base/data.h"
#include "base/path.h"
#include "check/driver.h"
#include "check/say.h"
#include "select/rank.h"

static bool
against(struct run *run, struct match *match, const char *reason)
{
	match->fits = false;
	strings_add_once(&run->arena, &match->reasons, reason);
	return false;
}

static void
judge_torch(struct run *run, const struct machine *machine, struct match *match)
{
	const struct version *cuda = rank_cuda(machine);
	const char *dotted = version_text(&run->arena, cuda, 2);

	if (!cuda->n || !match->version.n)
		return;
	switch (rank_suits(&match->version, cuda)) {
	case SUITS_NOT:
		against(run, match, str_format(&run->arena, "torch is built with CUDA %d: its build refuses another major version",
					       cuda->part[0]));
		return;
	case SUITS_MAJOR:
		strings_add(&run->arena, &match->reasons,
			    str_format(&run->arena, "torch's CUDA is %s: the same major version, so its build warns and goes on",
				       dotted));
		return;
	case SUITS_MINOR:
		strings_add(&run->arena, &match->reasons, "torch's own CUDA");
	}
}

/* bounds: the toolkit, or of one that is not here what is known of it, which has no nvcc. */
static void
judge_compiler(struct run *run, const struct machine *machine, const struct toolkit *bounds, struct match *match)
{
	const struct compiler *best = compiler_here(run, machine, bounds).compiler;
	struct resolved_compiler now;

	if (!machine->compilers.n)
		against(run, match, "no compiler was found here");
	else if (!best)
		against(run, match, compiler_lack(run, machine, bounds));
	if (!best)
		return;
	match->compiler = best;
	now = compiler_nvcc(run, machine, bounds);
	strings_add(&run->arena, &match->reasons,
		    now.compiler && compiler_bound(run, machine, bounds, now.compiler->is_clang, &now.compiler->version)
			    ? str_format(&run->arena, "refuses %s; builds with %s", path_name(now.path),
					 compiler_words(run, best->path))
			    : str_format(&run->arena, "takes %s", path_name(best->path)));
}

/* The checks whose failing is the toolkit's own. */
static bool
is_about_toolkit(const struct check *check)
{
	static const char *const names[] = { "driver", "glibc-headers", "parts", "gpu-archs" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_same(check->name, names[i]))
			return true;
	return false;
}

/* Whether it builds extensions, or will after one command. */
static bool
is_of_use(const struct toolkit *toolkit)
{
	return (toolkit->abilities & CAN_EXTEND) || (toolkit->nvcc && toolkit->remedy);
}

static void
judge_here(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct matches *out)
{
	struct match match = { .version = toolkit->version, .toolkit = toolkit, .fits = true };
	struct machine judged = *machine;
	struct findings findings = { 0 };

	judged.toolkit = toolkit;
	judge_torch(run, machine, &match);
	if (!(toolkit->abilities & CAN_EXTEND) && is_of_use(toolkit))
		match.get = toolkit->remedy;
	if (!(toolkit->abilities & CAN_EXTEND))
		against(run, &match, toolkit->gap ? toolkit->gap : toolkit->nvcc ? "it builds no extension"
						  : "a runtime without nvcc");
	else
		judge_compiler(run, machine, toolkit, &match);
	for (int i = 0; i < check_count; i++)
		if (is_about_toolkit(checks[i]))
			checks[i]->look(run, &judged, &findings);
	for (size_t i = 0; i < findings.n; i++)
		if (findings.item[i].severity == SEVERITY_FAIL && !str_same(findings.item[i].what, toolkit->gap))
			against(run, &match, findings.item[i].what);
	*list_add(&run->arena, out) = match;
}

static void
judge_driver(struct run *run, const struct machine *machine, struct match *match)
{
	struct version have = driver_version(machine), floor = driver_floor(run, match->version.part[0]);

	if (have.n && floor.n && version_compare(&have, &floor) < 0)
		against(run, match, str_format(&run->arena, "needs driver %s; here is %s", version_text(&run->arena, &floor, 0),
					       version_text(&run->arena, &have, 0)));
}

static bool
has_arch(const struct cJSON *row, const char *arch)
{
	for (struct cJSON *at = json_child(json_get(row, "archs")); at; at = json_next(at))
		if (str_same(json_text(at), arch))
			return true;
	return false;
}

static void
judge_gpus(struct run *run, const struct machine *machine, const struct cJSON *row, struct match *match)
{
	for (size_t i = 0; i < machine->gpus.n; i++) {
		const struct gpu *gpu = &machine->gpus.item[i];

		if (gpu->arch && !has_arch(row, gpu->arch))
			against(run, match, str_format(&run->arena, "does not compile for sm_%s (%s)", gpu->arch, gpu->name));
	}
}

static void
judge_libc(struct run *run, const struct machine *machine, struct match *match)
{
	const struct version cospi = { 2, { 2, 41, 0, 0 } }, rsqrt = { 2, { 2, 42, 0, 0 } };
	const struct version *cuda = &match->version;
	struct version libc;

	if (!machine->computer || !machine->computer->libc || !version_parse(machine->computer->libc, &libc, NULL))
		return;
	if ((cuda->part[0] < 13 && version_compare(&libc, &cospi) >= 0) ||
	    (cuda->part[0] == 13 && cuda->part[1] < 2 && version_compare(&libc, &rsqrt) >= 0))
		against(run, match, str_format(&run->arena, "its headers clash with those of glibc %s",
					       machine->computer->libc));
}

/* Whether torch's own minor is here: then nobody needs another one. */
static bool
has_own(const struct machine *machine)
{
	const struct version *cuda = rank_cuda(machine);

	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (is_of_use(&machine->toolkits.item[i]) && rank_suits(&machine->toolkits.item[i].version, cuda) == SUITS_MINOR)
			return true;
	return false;
}

static bool
is_here(const struct machine *machine, const struct version *version)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (is_of_use(&machine->toolkits.item[i]) &&
		    version_same_minor(&machine->toolkits.item[i].version, version))
			return true;
	return false;
}

static void
judge_elsewhere(struct run *run, const struct machine *machine, const struct cJSON *row, struct matches *out)
{
	struct match match = { .version = data_version(row, "version"), .fits = true };
	struct toolkit bounds = { .gcc_max = json_number(json_get(row, "gcc_max")),
				  .clang_max = json_number(json_get(row, "clang_max")), .version = match.version };
	int readable = compiler_readable(&bounds);

	if (!match.version.n || is_here(machine, &match.version))
		return;
	if (readable && bounds.gcc_max > readable)
		bounds.gcc_max = readable;
	judge_torch(run, machine, &match);
	judge_driver(run, machine, &match);
	judge_gpus(run, machine, row, &match);
	if (match.fits && !has_own(machine))	/* no compiler makes up for what speaks against it by now */
		match.get = fit_fetch(run, machine, &match.version);
	judge_compiler(run, machine, &bounds, &match);
	judge_libc(run, machine, &match);
	*list_add(&run->arena, out) = match;
}

/* What is here and can be taken, if any of it fits; then what can be got; then what is here and the rest. */
static int
group(const struct machine *machine, const struct match *match, bool here)
{
	if (match->toolkit)
		return rank_builds(machine, match->toolkit) ? here ? 0 : 2 : 3;
	return match->fits ? 1 : 4;
}

/* Below zero: a is the better one. Within a group it is as rank.h says, so that the first here is the one that prefix torch names. */
static int
compare(const struct machine *machine, const struct match *a, const struct match *b, bool here)
{
	struct toolkit elsewhere[2] = { { .version = a->version }, { .version = b->version } };

	if (group(machine, a, here) != group(machine, b, here))
		return group(machine, a, here) - group(machine, b, here);
	return rank_compare(a->toolkit ? a->toolkit : &elsewhere[0], b->toolkit ? b->toolkit : &elsewhere[1], rank_cuda(machine));
}

/* Insertion keeps the survey's order among equals. */
static void
sort(const struct machine *machine, struct matches *matches)
{
	bool here = false;

	for (size_t i = 0; i < matches->n; i++)
		here = here || (matches->item[i].toolkit && matches->item[i].fits);
	for (size_t i = 1; i < matches->n; i++) {
		struct match moving = matches->item[i];
		size_t at = i;

		for (; at > 0 && compare(machine, &moving, &matches->item[at - 1], here) < 0; at--)
			matches->item[at] = matches->item[at - 1];
		matches->item[at] = moving;
	}
}

bool
match_all(struct run *run, const struct machine *machine, struct matches *out)
{
	struct cJSON *row = json_child(json_get(data_table(run, "toolkits"), "releases"));

	if (run->error)
		return false;
	for (size_t i = 0; i < machine->toolkits.n; i++)
		judge_here(run, machine, &machine->toolkits.item[i], out);
	for (; row; row = json_next(row))
		judge_elsewhere(run, machine, row, out);
	sort(machine, out);
	return !run->error;
}
