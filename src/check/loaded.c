/*
 * Libraries that LD_LIBRARY_PATH or LD_PRELOAD puts in the place of those that torch brought: the commonest reason for a torch
 * that was imported yesterday and is not today. One finding for each entry that does it.
 */
#include "check/loaded.h"

#include <string.h>

#include "base/world.h"
#include "check/say.h"

/* torch refuses a cuDNN of an older minor than it was compiled against (torch.backends.cudnn, torch 2.0 to 2.15). */
static bool
is_old_cudnn(const struct machine *machine, const struct intruder *in)
{
	struct version built, is;

	return str_starts(in->soname, "libcudnn") && machine->torch->cudnn && in->version &&
	       version_parse(machine->torch->cudnn, &built, NULL) && version_parse(in->version, &is, NULL) &&
	       built.n > 1 && is.n > 1 && built.part[0] == is.part[0] && is.part[1] < built.part[1];
}

static bool
is_same_version(const struct intruder *in)
{
	return !in->symbol && (in->same_content || loaded_same_version(in->version, in->other_version));
}

static const char *
versioned(struct run *run, const char *path, const char *version)
{
	return version ? str_format(&run->arena, "%s (%s)", path, version) : path;
}

static const char *
consequence(struct run *run, const struct machine *machine, const struct intruder *in)
{
	if (in->symbol)
		return str_format(&run->arena, "which lacks %s, so import torch fails", in->symbol);
	if (is_old_cudnn(machine, in))
		return str_format(&run->arena, "older than the cuDNN %s that torch was compiled against, which torch refuses",
				  machine->torch->cudnn);
	return "another one than torch was made with";
}

/* The evidence: two files at the most, for a toolkit's folder may replace ten. */
static void
tell(struct run *run, const struct intruder *in, struct finding *finding)
{
	struct arena *arena = &run->arena;

	strings_add(arena, &finding->evidence,
		    str_format(arena, "%s: %s, in place of %s", in->soname, versioned(run, in->found.path, in->version),
			       versioned(run, world_real(run, in->instead_of), in->other_version)));
	if (in->symbol)
		strings_add(arena, &finding->evidence,
			    str_format(arena, "%s: needs %s", world_real(run, in->user), in->symbol));
}

static const char *
variable_of(const struct intruder *in)
{
	return in->preloaded ? "LD_PRELOAD" : "LD_LIBRARY_PATH";
}

/* By one entry came many: cuDNN's parts, or all of a toolkit. */
static bool
same_entry(const struct intruder *a, const struct intruder *b)
{
	return a->preloaded == b->preloaded && (a->preloaded ? a == b : str_same(a->found.entry, b->found.entry));
}

static int
gravity(const struct machine *machine, const struct intruder *in)
{
	return is_same_version(in) ? 0 : in->symbol || is_old_cudnn(machine, in) ? 2 : 1;
}

static void
judge_entry(struct run *run, const struct machine *machine, const struct intruders *all, size_t first,
	    struct findings *out)
{
	const struct intruder *worst = &all->item[first];
	struct finding *finding;
	const char *entry;

	for (size_t i = first; i < all->n; i++)
		if (same_entry(&all->item[first], &all->item[i]) &&
		    gravity(machine, &all->item[i]) > gravity(machine, worst))
			worst = &all->item[i];
	entry = worst->preloaded ? worst->found.path : worst->found.entry;
	finding = say(run, out, "CE705", gravity(machine, worst) == 2 ? SEVERITY_FAIL : SEVERITY_WARN,
		      str_format(&run->arena, "%s has %s: torch gets its %s, %s", variable_of(worst),
				 *entry ? entry : "an empty element, which is the current folder", worst->soname,
				 consequence(run, machine, worst)),
		      say_without(run, variable_of(worst), entry), NULL);
	for (size_t i = first, told = 0; i < all->n; i++)
		if (same_entry(&all->item[first], &all->item[i]) && gravity(machine, &all->item[i]) && told++ < 2)
			tell(run, &all->item[i], finding);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	struct loader now, clean;
	struct intruders all;

	if (!machine->torch || !machine->python)
		return;
	all = loaded_intruders(run, machine, &now, &clean);
	for (size_t i = 0; i < all.n; i++) {
		bool first = true;

		for (size_t k = 0; k < i; k++)
			first = first && (!same_entry(&all.item[k], &all.item[i]) || !gravity(machine, &all.item[k]));
		if (first && gravity(machine, &all.item[i]))
			judge_entry(run, machine, &all, i, out);
	}
}

const struct check check_loaded = {
	"loaded", "the libraries that import torch would get", NEED_TORCH, look,
};
