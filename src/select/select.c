#include "select/select.h"

#include <stdlib.h>

#include "base/str.h"
#include "select/rank.h"

static bool
admits(const struct spec *spec, const struct machine *machine, const struct toolkit *toolkit)
{
	if (spec->kind == SPEC_SYSTEM)
		return toolkit->active;
	if (spec->kind == SPEC_PATH)
		return strings_has(&toolkit->named, spec->path);
	if (spec->kind == SPEC_TORCH)
		return rank_suits(&toolkit->version, &machine->torch->cuda) == SUITS_MINOR;
	return spec_admits(spec, &toolkit->version);
}

static const char *
here(struct arena *arena, const struct machine *machine)
{
	struct strings versions = { 0 };

	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].abilities & CAN_COMPILE)
			strings_add_once(arena, &versions, version_text(arena, &machine->toolkits.item[i].version, 2));
	return versions.n ? str_format(arena, "here: %s", strings_join(arena, &versions, ", "))
			  : "no toolkit with nvcc is here; see: cuenv versions --why";
}

/* Where none is active, the newest that compiles would be a choice. */
static const char *
to_choose(struct arena *arena, const struct machine *machine)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].abilities & CAN_COMPILE)
			return str_format(arena, "; to choose one: cuenv global %s",
					  version_text(arena, &machine->toolkits.item[i].version, 2));
	return "";
}

/* "torch" needs a torch with a CUDA; says what is missing. */
static const char *
torch_lacks(struct arena *arena, const struct machine *machine)
{
	if (!machine->python)
		return "no Python at hand, so no torch; name one with --python PATH";
	if (!machine->torch)
		return str_format(arena, "%s has no torch; name another with --python PATH", machine->python->executable);
	if (!machine->torch->version)
		return str_format(arena, "%s/version.py does not tell torch's version; install torch anew",
				  machine->torch->dir);
	if (!machine->torch->cuda.n)
		return str_format(arena, "torch %s is not a CUDA build", machine->torch->version);
	return NULL;
}

/* A torch extension is what most people build; a toolkit that cannot is taken where no other one fits. */
static int
usefulness(const struct toolkit *toolkit)
{
	if (toolkit->state != STATE_BUILDS)
		return 0;
	return toolkit->abilities & CAN_EXTEND ? 2 : 1;
}

/* The first of the list that can do most: the list is newest first. */
static const struct toolkit *
best_of(const struct spec *spec, const struct machine *machine)
{
	const struct toolkit *best = NULL;

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if (admits(spec, machine, t) && (t->abilities & CAN_COMPILE) && (!best || usefulness(best) < usefulness(t)))
			best = t;
	}
	return best;
}

static int
distance(const struct version *a, const struct version *b)
{
	return 1000 * abs(a->part[0] - b->part[0]) + abs(a->part[1] - b->part[1]);
}

/* Of the toolkits that compile, the one whose version is closest; NULL when none does. */
static const struct toolkit *
nearest(const struct machine *machine, const struct version *wanted)
{
	const struct toolkit *near = NULL;

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if ((t->abilities & CAN_COMPILE) &&
		    (!near || distance(&t->version, wanted) < distance(&near->version, wanted)))
			near = t;
	}
	return near;
}

/* That one, for a SPEC of one version. */
static const char *
instead(struct arena *arena, const struct machine *machine, const struct version *wanted)
{
	const struct toolkit *near = nearest(machine, wanted);

	return near ? str_format(arena, "; the nearest is %s", version_text(arena, &near->version, 2)) : "";
}

/* What text asks for, in words. */
static const char *
described(struct arena *arena, const struct machine *machine, const struct spec *spec, const char *text)
{
	if (spec->kind != SPEC_TORCH)
		return text;
	return str_format(arena, "CUDA %s (torch %s)", version_text(arena, &machine->torch->cuda, 2), machine->torch->version);
}

/* Why nothing that was asked for can be had: it is not here, or what is here has no compiler. */
static const char *
none_fits(struct arena *arena, const struct machine *machine, const struct spec *spec, const char *text)
{
	const char *wanted = described(arena, machine, spec, text), *why = NULL, *near = "";

	if (spec->kind == SPEC_PATH && !machine->toolkits.n)
		return str_format(arena, "%s is no toolkit: no nvcc and no libcudart is there", text);
	if (spec->kind == SPEC_VERSION && spec->n == 1 && spec->condition[0].op == SPEC_EQ)
		near = instead(arena, machine, &spec->condition[0].version);
	for (size_t i = 0; i < machine->toolkits.n && !why; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if (admits(spec, machine, t) && t->state == STATE_BROKEN)
			why = str_format(arena, "%s at %s is broken: %s", wanted, t->root,
					 t->gap ? t->gap : "see cuenv versions --why");
		else if (admits(spec, machine, t))
			why = str_format(arena, "%s at %s is runtime-only: no nvcc", wanted, t->root);
	}
	if (!why && spec->kind == SPEC_SYSTEM)
		why = "no toolkit is active here (CUDA_HOME, CUDA_PATH, nvcc on PATH, /usr/local/cuda)";
	else if (!why)
		why = str_format(arena, "no toolkit %s", wanted);
	return str_format(arena, "%s%s; %s%s", why, near, here(arena, machine),
			  spec->kind == SPEC_SYSTEM ? to_choose(arena, machine) : "");
}

/* torch's own minor where it builds extensions, else the best one of its major, which torch's build warns of and takes. */
static struct selection
for_torch(struct arena *arena, const struct machine *machine, const struct spec *spec, bool exact)
{
	const struct version *cuda = &machine->torch->cuda;
	const struct toolkit *best = rank_for_torch(machine), *own = best_of(spec, machine);
	const char *wanted = version_text(arena, cuda, 2);
	struct selection out = { best, NULL, NULL };

	if (best && rank_suits(&best->version, cuda) == SUITS_MINOR)
		return out;
	if (exact || !best) {
		out = (struct selection){ exact ? own : NULL, NULL, NULL };
		if (!out.toolkit)
			out.why = none_fits(arena, machine, spec, "torch");
		if (!out.toolkit && best)
			out.why = str_format(arena, "%s; without --exact: CUDA %s, of the same major", out.why,
					     version_text(arena, &best->version, 2));
		return out;
	}
	out.note = str_format(arena, "CUDA %s is for torch %s (CUDA %s): the same major version, so it works too%s",
			      version_text(arena, &best->version, 0), machine->torch->version, wanted,
			      own ? str_format(arena, "; %s cannot build extensions", own->root)
				  : str_format(arena, "; no toolkit %s is here", wanted));
	return out;
}

struct selection
select_toolkit(struct arena *arena, const struct machine *machine, const char *text, bool exact)
{
	struct selection out = { 0 };
	struct spec spec;

	if (!spec_parse(text, &spec)) {
		out.why = str_format(arena, "'%s' is no version; " SPEC_GRAMMAR, text);
		return out;
	}
	if (spec.kind == SPEC_TORCH && (out.why = torch_lacks(arena, machine)))
		return out;
	if (spec.kind == SPEC_TORCH)
		return for_torch(arena, machine, &spec, exact);
	out.toolkit = best_of(&spec, machine);
	if (!out.toolkit)
		out.why = none_fits(arena, machine, &spec, text);
	return out;
}
