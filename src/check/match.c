/*
 * A toolkit that is here is judged by the checks of doctor that speak of a toolkit, on its own files. A release that is not
 * is judged by its row in data/toolkits.json: majors for torch, the driver's floor, compiler bounds, architectures, and the
 * C library whose cospi and rsqrt its headers do not know (docs/facts.md).
 */
#include "check/match.h"

#include <stdlib.h>

#include "base/data.h"
#include "base/path.h"
#include "check/compilers.h"
#include "check/driver.h"
#include "check/say.h"


static bool
against(struct run *run, struct match *match, const char *reason)
{
	match->fits = false;
	strings_add(&run->arena, &match->reasons, reason);
	return false;
}

static void
judge_torch(struct run *run, const struct machine *machine, struct match *match)
{
	const struct version *cuda = wants_extension(machine) ? &machine->torch->cuda : NULL;
	int minor;

	if (!cuda || !match->version.n)
		return;
	minor = abs(match->version.part[1] - cuda->part[1]);
	if (match->version.part[0] != cuda->part[0]) {
		match->distance = 1000;
		against(run, match, str_format(&run->arena, "torch is built with CUDA %d: setup.py refuses it", cuda->part[0]));
	} else if (cuda->n > 1 && minor) {
		match->distance = minor;
		strings_add(&run->arena, &match->reasons,
			    str_format(&run->arena, "torch's CUDA is %s: setup.py warns", version_text(&run->arena, cuda, 2)));
	} else {
		strings_add(&run->arena, &match->reasons, "torch's own CUDA");
	}
}

static void
judge_compiler(struct run *run, const struct machine *machine, const struct toolkit *bounds, struct match *match)
{
	const struct compiler *best = compilers_best(machine, bounds);
	struct taken taken;

	if (best)
		match->compiler = path_name(best->path);
	else if (machine->compilers.n)
		against(run, match, bounds->gcc_max ? str_format(&run->arena, "no compiler here that it accepts (GCC ≤ %d)",
								 bounds->gcc_max)
						    : "no compiler here that it accepts");
	if (!machine->compilers.n)
		strings_add(&run->arena, &match->reasons, "no compiler was found here");
	if (!best)
		return;
	taken = compilers_nvcc(run, machine);
	strings_add(&run->arena, &match->reasons,
		    taken.compiler && !compilers_accepts(bounds, taken.compiler)
			    ? str_format(&run->arena, "refuses %s; builds with %s", path_name(taken.path),
					 compilers_variables(run, best->path))
			    : str_format(&run->arena, "takes %s", match->compiler));
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

static void
judge_here(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct matches *out)
{
	struct match match = { .version = toolkit->version, .toolkit = toolkit, .fits = true };
	struct machine judged = *machine;
	struct findings findings = { 0 };

	judged.toolkit = toolkit;
	judge_torch(run, machine, &match);
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

static bool
is_here(const struct machine *machine, const struct version *version)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if ((machine->toolkits.item[i].abilities & CAN_EXTEND) &&
		    version_same_minor(&machine->toolkits.item[i].version, version))
			return true;
	return false;
}

static void
judge_elsewhere(struct run *run, const struct machine *machine, const struct cJSON *row, struct matches *out)
{
	static const struct version packs = { 2, { 11, 6, 0, 0 } };	/* before it nvcc cannot read GCC 11's std_function.h (CE204) */
	struct match match = { .version = data_version(row, "version"), .fits = true };
	struct toolkit bounds = { .gcc_max = json_number(json_get(row, "gcc_max")),
				  .clang_max = json_number(json_get(row, "clang_max")) };

	if (!match.version.n || is_here(machine, &match.version))
		return;
	if (bounds.gcc_max > 10 && version_compare(&match.version, &packs) < 0)
		bounds.gcc_max = 10;
	judge_torch(run, machine, &match);
	judge_driver(run, machine, &match);
	judge_gpus(run, machine, row, &match);
	match.get = match.fits ? fit_fetch(run, machine, &match.version) : NULL;	/* no compiler makes up for these */
	judge_compiler(run, machine, &bounds, &match);
	judge_libc(run, machine, &match);
	*list_add(&run->arena, out) = match;
}

/* Below zero: a is the better one. */
static int
compare(const struct match *a, const struct match *b)
{
	if (a->fits != b->fits)
		return a->fits ? -1 : 1;
	if (a->distance != b->distance)
		return a->distance - b->distance;
	if (!a->toolkit != !b->toolkit)
		return a->toolkit ? -1 : 1;
	return -version_compare(&a->version, &b->version);
}

/* Insertion keeps the survey's order among equals. */
static void
sort(struct matches *matches)
{
	for (size_t i = 1; i < matches->n; i++) {
		struct match moving = matches->item[i];
		size_t at = i;

		for (; at > 0 && compare(&moving, &matches->item[at - 1]) < 0; at--)
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
	sort(out);
	return !run->error;
}
