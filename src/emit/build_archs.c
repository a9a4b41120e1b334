/*
 * Which architectures to build. What was asked for, else what the GPUs here are (their names are in
 * /proc/driver/nvidia/gpus/ADDRESS/information), else what torch was built for; of the last two only what nvcc compiles.
 * nvcc holds the names of what it compiles for as texts: in 11.2, 11.8, 12.4, 13.0 and 13.2 the same as --list-gpu-arch says.
 */
#define _GNU_SOURCE
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/arch.h"
#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/build_plan.h"

#define GPUS "/proc/driver/nvidia/gpus"
#define MOST_RODATA (64 << 20)	/* nvcc 13.2 has less than 33 MB of it */

static const struct { const char *name, *arch; } gpus[] = {
#define GPU(name, arch) { name, arch },
#include "emit/gpus.def"
#undef GPU
};

struct strings
build_archs_of(struct run *run, const struct toolkit *toolkit)
{
	static const char mark[] = "compute_";
	struct strings list = { 0 };
	struct blob data;
	const char *at;

	if (!toolkit->nvcc || !elf_section(run, toolkit->nvcc, ".rodata", MOST_RODATA, &data))
		return list;
	for (at = data.data; (at = memmem(at, data.size - (size_t)(at - data.data), mark, sizeof(mark) - 1));) {
		const char *end;

		at += sizeof(mark) - 1;
		end = at + strspn(at, "0123456789");
		end += *end == 'a' || *end == 'f';
		if (!*end && end - at >= 2 && end - at <= 4)
			strings_add_once(&run->arena, &list, str_copy(&run->arena, at, (size_t)(end - at)));
	}
	return list;
}

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

/* "NVIDIA GeForce RTX 3060" → "86"; NULL: not in the table. */
static const char *
arch_of_name(const char *name)
{
	for (size_t i = 0; i < sizeof(gpus) / sizeof(gpus[0]); i++) {
		regex_t pattern;
		bool found;

		if (regcomp(&pattern, gpus[i].name, REG_EXTENDED | REG_NOSUB) != 0)
			continue;
		found = regexec(&pattern, name, 0, NULL, 0) == 0;
		regfree(&pattern);
		if (found)
			return gpus[i].arch;
	}
	return NULL;
}

/* "Model: \t\t NVIDIA H200" in a GPU's information. */
static const char *
gpu_name(struct run *run, const char *address)
{
	struct blob text;
	const char *at;

	if (!world_read(run, str_format(&run->arena, GPUS "/%s/information", address), 65536, &text) ||
	    !(at = blob_find(&text, "Model:")))
		return "?";
	at += strlen("Model:");
	return str_trim(&run->arena, at, strcspn(at, "\n"));
}

/* The architectures of the GPUs here, each once; none when one of them is not known. */
static struct strings
archs_here(struct run *run, struct strings *names)
{
	struct strings addresses = { 0 }, list = { 0 }, none = { 0 };

	world_list(run, GPUS, &addresses);
	for (size_t i = 0; i < addresses.n; i++) {
		const char *name = gpu_name(run, addresses.item[i]), *arch = arch_of_name(name);

		strings_add_once(&run->arena, names, name);
		if (!arch)
			return none;
		strings_add_once(&run->arena, &list, arch);
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
	compiled = build_archs_of(run, toolkit);
	here = archs_here(run, &names);
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
