/*
 * Which architectures to build. What was asked for, else what the GPUs here are, else what torch was built for; of the last
 * two only what nvcc compiles.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arch.h"
#include "base/nvcc_archs.h"
#include "base/str.h"
#include "emit/build_plan.h"

static bool
can(const struct strings *compiled, const char *arch)
{
	return !compiled->n || strings_has(compiled, arch);
}

bool
build_archs_read(struct run *run, const char *list, const char *from, const char **out)
{
	struct strings words = { 0 };

	for (const char *at = list + strspn(list, "; ,"); *at; at += strspn(at, "; ,")) {
		size_t length = strcspn(at, "; ,"), n = length;
		bool ptx = n > 4 && strncmp(at + n - 4, "+PTX", 4) == 0;
		const char *number = arch_number(&run->arena, at, ptx ? n - 4 : n);

		if (!number)
			return run_fail(run, "%s: '%.*s' is no architecture; write 8.6, sm_86 or 8.6+PTX", from, (int)length, at);
		strings_add_once(&run->arena, &words,
				 str_format(&run->arena, "%s%s", arch_dotted(&run->arena, number), ptx ? "+PTX" : ""));
		at += length;
	}
	if (!words.n)
		return run_fail(run, "%s names no architecture; write 8.6, sm_86 or 8.6+PTX", from);
	*out = strings_join(&run->arena, &words, ";");
	return true;
}

/* The architectures of the GPUs here, each once; none when one of them is not known. */
static struct strings
archs_here(struct run *run, const struct gpus *gpus, struct strings *names)
{
	struct strings list = { 0 }, none = { 0 };

	for (size_t i = 0; i < gpus->n; i++) {
		strings_add_once(&run->arena, names, gpus->item[i].name);
		if (!gpus->item[i].arch)
			return none;
		strings_add_once(&run->arena, &list, gpus->item[i].arch);
	}
	return list;
}

/* The highest of a list of plain numbers; NULL of an empty one. */
static const char *
highest(const struct strings *list, int below)
{
	const char *best = NULL;

	for (size_t i = 0; i < list->n; i++)
		if (atoi(list->item[i]) < below && !list->item[i][strspn(list->item[i], "0123456789")] &&
		    (!best || atoi(list->item[i]) > atoi(best)))
			best = list->item[i];
	return best;
}

/* The GPUs' own; for one that nvcc does not know yet the newest below it, as PTX, which its driver translates. */
static const char *
for_gpus(struct run *run, const struct strings *archs, const struct strings *compiled)
{
	struct strings words = { 0 };

	for (size_t i = 0; i < archs->n; i++) {
		const char *arch = archs->item[i], *below = highest(compiled, atoi(arch));

		if (can(compiled, arch))
			strings_add_once(&run->arena, &words, arch_dotted(&run->arena, arch));
		else if (below)
			strings_add_once(&run->arena, &words,
					 str_format(&run->arena, "%s+PTX", arch_dotted(&run->arena, below)));
	}
	return words.n ? strings_join(&run->arena, &words, ";") : NULL;
}

/* torch's own, without those that nvcc cannot compile, which go to dropped. */
static const char *
for_torch(struct run *run, const struct torch *torch, const struct strings *compiled, struct strings *dropped)
{
	struct strings words = { 0 };

	for (size_t i = 0; i < torch->archs.n; i++) {
		const char *arch = strchr(torch->archs.item[i], '_') + 1, *dotted = arch_dotted(&run->arena, arch);
		bool ptx = torch->archs.item[i][0] == 'c';

		if (!can(compiled, arch))
			strings_add_once(&run->arena, dropped, dotted);
		else if (ptx && words.n && str_same(words.item[words.n - 1], dotted))
			words.item[words.n - 1] = str_format(&run->arena, "%s+PTX", dotted);
		else
			strings_add_once(&run->arena, &words, ptx ? str_format(&run->arena, "%s+PTX", dotted) : dotted);
	}
	return words.n ? strings_join(&run->arena, &words, ";") : NULL;
}

static void
say(struct run *run, struct build_plan *plan, const char *archs, const char *from)
{
	plan->archs = archs;
	strings_add(&run->arena, &plan->said, str_format(&run->arena, "architectures %s (%s)", archs, from));
}

void
build_archs(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *asked,
	    struct build_plan *plan)
{
	const char *given = run_env(run, "TORCH_CUDA_ARCH_LIST"), *archs, *from;
	struct strings compiled, here, names = { 0 }, dropped = { 0 };

	if (asked || given) {
		if (asked)
			say(run, plan, asked, "asked for");
		else
			strings_add(&run->arena, &plan->said,
				    str_format(&run->arena, "TORCH_CUDA_ARCH_LIST=%s stays as it is", given));
		return;
	}
	compiled = nvcc_archs(run, toolkit->nvcc);
	here = archs_here(run, &machine->gpus, &names);
	archs = for_gpus(run, &here, &compiled);
	if (archs) {
		say(run, plan, archs, strings_join(&run->arena, &names, ", "));
		return;
	}
	archs = machine->torch ? for_torch(run, machine->torch, &compiled, &dropped) : NULL;
	from = names.n ? str_format(&run->arena, "torch's own: %s is in no table", names.item[names.n - 1])
		       : "torch's own: no GPU is here";
	if (archs && dropped.n)
		from = str_format(&run->arena, "%s; without %s, which CUDA %s does not compile", from,
				  strings_join(&run->arena, &dropped, ", "), version_text(&run->arena, &toolkit->version, 2));
	if (archs)
		say(run, plan, archs, from);
}
