/*
 * One build, judged: first what doctor says of this machine, in the environment that `cuenv exec --build` makes for it, with
 * its compiler, architectures, jobs and search paths; then what the package asks for.
 */
#include "check/build.h"

#include <stdlib.h>

#include "base/nvcc_archs.h"
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "check/torch_build.h"
#include "know/acquire.h"

/* What exec --build leaves no room for, what is no matter of a build, and what is said here in other words. */
static const char *const passed_over[] = {
	"CE113", "CE206", "CE303", "CE307", "CE505", "CE601", "CE602", "CE603", "CE605", "CE606", "CE702", "CE703", "CE707",
	"CE804", "CE805", "CE808", "CE810", "CE905",
};

static bool
is_passed_over(const struct finding *finding)
{
	for (size_t i = 0; i < sizeof(passed_over) / sizeof(passed_over[0]); i++)
		if (str_same(finding->code, passed_over[i]))
			return true;
	if (str_same(finding->code, "CE604"))	/* of torch it fails; of others it is their own matter */
		return finding->severity != SEVERITY_FAIL;
	return finding->severity == SEVERITY_NOTE;
}

/* doctor's checks, in the environment that the build will have. */
static void
look_at_machine(struct run *run, struct build *build)
{
	char *const *before = run->environ;
	struct findings found = { 0 };

	if (build->environ)
		run->environ = build->environ;
	check_machine(run, build->machine, &found);
	run->environ = before;
	for (size_t i = 0; i < found.n; i++)
		if (!is_passed_over(&found.item[i]))
			*list_add(&run->arena, &build->findings) = found.item[i];
}

/* What to do about the package itself: mend its sources, where they lie here, or see what is known of its newest release. */
static const char *
newer(struct run *run, const struct profile *p, const char *mend)
{
	if (!p->source)	/* in no row */
		return mend;
	return str_format(&run->arena, "%s%sa newer release: cuenv check %s", p->dir ? mend : "", p->dir ? ", or take " : "take ",
			  str_quote(&run->arena, p->name));
}

/* Sources that are older than torch's headers, as far as that was seen in a build; those that lie here are read themselves. */
static void
look_at_age(struct run *run, struct build *build)
{
	const struct profile *p = build->profile;
	const struct torch *torch = build->machine->torch;
	struct version version;

	if (p->scanned || !p->torch_max.n || !torch->version || !version_parse(torch->version, &version, NULL) ||
	    version_compare(&version, &p->torch_max) <= 0)
		return;
	say(run, &build->findings, "CE310", SEVERITY_FAIL,
	    str_format(&run->arena, "%s does not compile with torch %s: %s", p->covers, torch->version, p->torch_max_why),
	    newer(run, p, "take what is gone out of the sources"), p->source, say_torch(run, torch), NULL);
}

static void
look_at_torch(struct run *run, struct build *build)
{
	const struct torch *torch = build->machine->torch;
	const struct version *min = &build->profile->torch_min;
	struct version version = { 0 };

	if (!torch)
		return;
	torch_build_say(run, build->machine, SEVERITY_FAIL, &build->findings);
	look_at_age(run, build);
	if (torch->version && version_parse(torch->version, &version, NULL) && min->n && version_compare(&version, min) < 0)
		say(run, &build->findings, "CE812", SEVERITY_FAIL,
		    str_format(&run->arena, "%s wants torch %s or newer", build->profile->covers,
			       version_text(&run->arena, min, 0)),
		    acquired_text(acquire_packages(run, build->machine->python, torch,
						   str_format(&run->arena, "'torch>=%s'", version_text(&run->arena, min, 0)))),
		    say_torch(run, torch), build->profile->source, NULL);
}

/* A newer toolkit of torch's major, if there can be one; else torch has to be of a newer CUDA first. */
static const char *
of_at_least(struct run *run, const struct machine *machine, const struct version *min)
{
	const struct version *cuda = &machine->torch->cuda;

	if (cuda->n && version_compare(cuda, min) >= 0)
		return fit_fetch(run, machine, cuda);
	if (cuda->n && cuda->part[0] == min->part[0])
		return fit_fetch(run, machine, min);
	return str_format(&run->arena, "take a torch of CUDA %s or newer first: this one is of %s",
			  version_text(&run->arena, min, 0), cuda->n ? version_text(&run->arena, cuda, 2) : "none");
}

/* CPython 3.13 no longer shows in locals() what exec() has set (PEP 667): seen as KeyError: '__version__' of mmcv 2.2.0. */
static void
look_at_python(struct run *run, struct build *build)
{
	const struct profile *p = build->profile;
	const struct python *python = build->machine->python;
	struct version minor = { 2, { 0 } };

	if (!python || python->version.n < 2 || !p->python_max.n)
		return;
	minor.part[0] = python->version.part[0];
	minor.part[1] = python->version.part[1];
	if (version_compare(&minor, &p->python_max) > 0)
		say(run, &build->findings, "CE812", SEVERITY_FAIL,
		    str_format(&run->arena, "the setup.py of %s stops under Python %s: it wants %s or older", p->covers,
			       version_text(&run->arena, &minor, 0), version_text(&run->arena, &p->python_max, 0)),
		    str_format(&run->arena, "name a Python of %s or older whose torch it is to be: cuenv check %s --python PATH",
			       version_text(&run->arena, &p->python_max, 0), str_quote(&run->arena, p->target)),
		    p->python_max_why, NULL);
}

static void
look_at_toolkit(struct run *run, struct build *build)
{
	const struct toolkit *t = build->machine->toolkit;
	const struct torch *torch = build->machine->torch;
	const struct profile *p = build->profile;

	if (!t || !t->nvcc) {
		if (torch && torch->cuda.n)
			say(run, &build->findings, "CE113", SEVERITY_FAIL,
			    str_format(&run->arena, "no toolkit of CUDA %d is here that builds extensions", torch->cuda.part[0]),
			    fit_fetch(run, build->machine, NULL), say_torch(run, torch), NULL);
		else if (!torch)
			say(run, &build->findings, "CE113", SEVERITY_FAIL, "no toolkit with a working nvcc is here",
			    fit_command(run, build->machine, NULL), "nvcc: in no place that is looked at", NULL);
		return;
	}
	if (torch && (p->exact || (p->exact_from && torch->cuda.n && torch->cuda.part[0] >= p->exact_from)) && torch->cuda.n &&
	    t->version.part[0] == torch->cuda.part[0] && !version_same_minor(&t->version, &torch->cuda))
		say(run, &build->findings, "CE801", SEVERITY_FAIL,
		    str_format(&run->arena, "%s wants the very CUDA that torch was built with, %s",
			       p->name ? p->name : "this setup.py", version_text(&run->arena, &torch->cuda, 2)),
		    fit_fetch(run, build->machine, &torch->cuda), say_toolkit(run, t), say_torch(run, torch), p->source, NULL);
	if (p->cuda_min.n && version_compare(&t->version, &p->cuda_min) < 0)
		say(run, &build->findings, "CE812", SEVERITY_FAIL,
		    str_format(&run->arena, "%s wants CUDA %s or newer", p->covers, version_text(&run->arena, &p->cuda_min, 0)),
		    of_at_least(run, build->machine, &p->cuda_min), say_toolkit(run, t), p->source, NULL);
}

/* CUDA 13's CCCL headers demand C++17 of whoever includes them. */
int
build_demand(const struct machine *machine)
{
	int torch = machine->torch ? machine->torch->cxx_std : 0;
	int cccl = machine->toolkit && machine->toolkit->version.part[0] >= 13 ? 17 : 0;

	return torch > cccl ? torch : cccl;
}

static void
look_at_std(struct run *run, struct build *build)
{
	const struct profile *p = build->profile;
	const struct machine *m = build->machine;
	const char *by = p->pinned_by ? p->pinned_by : p->source;
	struct version version = { 0 };
	bool torchs;

	if (m->torch && m->torch->version)
		version_parse(m->torch->version, &version, NULL);
	build->pin = profile_pin(p, &version);
	build->demand = build_demand(m);
	torchs = m->torch && m->torch->cxx_std == build->demand;
	if (build->pin && !build->demand)
		fact_add(run, &build->facts, "C++", str_format(&run->arena, "-std=c++%d is given", build->pin));
	else if (build->pin)
		fact_add(run, &build->facts, "C++", str_format(&run->arena, "-std=c++%d is given; %s headers demand C++%d",
			 build->pin, torchs ? "torch's" : "the toolkit's CCCL", build->demand));
	if (!build->pin || build->pin >= build->demand)
		return;
	say(run, &build->findings, "CE305", SEVERITY_WARN,
	    str_format(&run->arena, "-std=c++%d is what the sources give the compilers, and the headers demand C++%d; --repair "
		       "raises it", build->pin, build->demand),
	    NULL, str_format(&run->arena, "%s: -std=c++%d", by, build->pin),
	    torchs && m->torch->cxx_std_from ? str_format(&run->arena, "%s: demands C++%d", m->torch->cxx_std_from, build->demand)
					     : say_toolkit(run, m->toolkit), NULL);
}

static void
look_at_archs(struct run *run, struct build *build)
{
	const struct toolkit *t = build->machine->toolkit;
	const struct profile *p = build->profile;
	struct strings can = { 0 }, bad = { 0 };

	if (!t || !t->nvcc || !p->archs.n)
		return;
	can = nvcc_archs(run, t->nvcc);
	for (size_t i = 0; can.n && i < p->archs.n; i++)
		if (!strings_has(&can, p->archs.item[i]))
			strings_add(&run->arena, &bad, str_format(&run->arena, "compute_%s", p->archs.item[i]));
	if (bad.n)
		say(run, &build->findings, "CE501", SEVERITY_FAIL,
		    str_format(&run->arena, "setup.py gives nvcc %s whatever is asked for, and CUDA %s does not compile for %s",
			       strings_join(&run->arena, &bad, ", "), version_text(&run->arena, &t->version, 2),
			       bad.n == 1 ? "it" : "them"),
		    newer(run, p, "take these -gencode out of setup.py"),
		    str_format(&run->arena, "%s: %s", p->archs_by ? p->archs_by : p->source,
			       strings_join(&run->arena, &bad, " ")),
		    str_format(&run->arena, "%s: %s", t->nvcc, strings_join(&run->arena, &can, " ")), NULL);
}

static void
look_at_sources(struct run *run, struct build *build)
{
	const struct profile *p = build->profile;

	for (size_t i = 0; i < build->scanned.n; i++)
		*list_add(&run->arena, &build->findings) = build->scanned.item[i];
	for (size_t i = 0; i < p->headers.n; i++)
		if (!world_is_file(run, path_join(&run->arena, "/usr/include", p->headers.item[i])))
			say(run, &build->findings, "CE102", SEVERITY_NOTE,
			    str_format(&run->arena, "%s is not here: %s is built without what needs it", p->headers.item[i],
				       p->name),
			    NULL, str_format(&run->arena, "/usr/include/%s: not there", p->headers.item[i]), p->source, NULL);
}

static void
sort(struct run *run, struct findings *findings)
{
	struct findings sorted = { 0 };

	for (int severity = SEVERITY_FAIL; severity >= SEVERITY_NOTE; severity--)
		for (size_t i = 0; i < findings->n; i++)
			if ((int)findings->item[i].severity == severity)
				*list_add(&run->arena, &sorted) = findings->item[i];
	*findings = sorted;
}

void
build_judge(struct run *run, struct build *build)
{
	look_at_torch(run, build);
	look_at_python(run, build);
	look_at_toolkit(run, build);
	look_at_machine(run, build);
	look_at_std(run, build);
	look_at_archs(run, build);
	look_at_sources(run, build);
	build_packages(run, build);
	build_wheels(run, build);
	sort(run, &build->findings);
	build_command(run, build);
}
