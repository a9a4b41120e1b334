/*
 * Each GPU against what torch has code for and what the toolkit compiles for. Machine code runs on its own major from its
 * minor on; PTX on every later one, if the driver is as new as the toolkit that made it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arch.h"
#include "base/data.h"
#include "base/nvcc_archs.h"
#include "check/archs.h"
#include "check/say.h"
#include "select/rank.h"
#include "know/acquire.h"

static const char *
about(struct run *run, const struct gpu *gpu)
{
	return str_format(&run->arena, "%s: %s, sm_%s", gpu->from, gpu->name, gpu->arch);
}

static void
torchs(struct run *run, const struct machine *machine, const struct gpu *gpu, struct findings *out)
{
	const struct torch *torch = machine->torch;
	const char *ptx = archs_ptx(&torch->archs, gpu->arch), *evidence;

	if (!torch->archs.n || archs_run(&torch->archs, gpu->arch))
		return;
	evidence = str_format(&run->arena, "%s: %s", torch->archs_from, strings_join(&run->arena, &torch->archs, " "));
	if (ptx)
		say(run, out, "CE507", SEVERITY_WARN,
		    str_format(&run->arena, "torch has only PTX (%s) for %s: the driver translates it at first use, for minutes",
			       ptx, gpu->name), NULL, about(run, gpu), evidence, NULL);
	else
		say(run, out, "CE507", SEVERITY_FAIL,
		    str_format(&run->arena, "torch has no code for %s (sm_%s): no kernel image is available", gpu->name,
			       gpu->arch),
		    acquired_text(acquire_torch_for_gpu(run, machine, gpu->arch)), about(run, gpu), evidence, NULL);
}

/* "≥ 12.8", or "≤ 12.9" for an old GPU: the toolkits that know it. */
static const char *
span(struct run *run, const char *arch)
{
	struct cJSON *row = data_row(json_get(data_table(run, "gpus"), "sm"), "sm", arch);
	const char *first = json_get_text(row, "first_cuda"), *last = json_get_text(row, "last_cuda");

	if (!first)
		return "";
	return last ? str_format(&run->arena, "; CUDA %s to %s do", first, last)
		    : str_format(&run->arena, "; CUDA %s and later do", first);
}

/* Whether the table says that this toolkit does not know the GPU; for an nvcc whose own list is not found. */
static bool
beyond(struct run *run, const struct toolkit *t, const char *arch)
{
	struct cJSON *row = data_row(json_get(data_table(run, "gpus"), "sm"), "sm", arch);
	struct version first = data_version(row, "first_cuda"), last = data_version(row, "last_cuda");
	struct version minor = { 2, { t->version.part[0], t->version.part[1], 0, 0 } };

	return t->version.n > 1 && ((first.n && version_compare(&minor, &first) < 0) ||
				    (last.n && version_compare(&minor, &last) > 0));
}

/* A toolkit here that knows the GPU and suits torch; else where to get one. */
static const char *
remedy(struct run *run, const struct machine *machine, const char *arch)
{
	struct cJSON *row = data_row(json_get(data_table(run, "gpus"), "sm"), "sm", arch);
	struct version first = data_version(row, "first_cuda"), last = data_version(row, "last_cuda"), cuda;

	for (size_t i = 0; first.n && i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];
		struct version minor = { 2, { t->version.part[0], t->version.part[1], 0, 0 } };

		if (rank_builds(machine, t) && version_compare(&minor, &first) >= 0 &&
		    (!last.n || version_compare(&minor, &last) <= 0))
			return acquire_shell(run, t);
	}
	cuda = wants_extension(machine) ? machine->torch->cuda : first;
	if (!first.n || version_compare(&cuda, &first) < 0 || (last.n && version_compare(&cuda, &last) > 0))
		cuda = last.n ? last : first;
	return cuda.n ? fit_fetch(run, machine, &cuda) : NULL;
}

/* torch asks nvcc for the GPU's architecture where torch itself has code for it. */
static void
toolkits(struct run *run, const struct machine *machine, const struct gpu *gpu, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	struct strings can = nvcc_archs(run, t->nvcc);
	bool asked = wants_extension(machine) && !run_env(run, "TORCH_CUDA_ARCH_LIST") &&
		     archs_run(&machine->torch->archs, gpu->arch);

	if (can.n ? strings_has(&can, gpu->arch) : !beyond(run, t, gpu->arch))
		return;
	say(run, out, "CE501", asked ? SEVERITY_FAIL : SEVERITY_WARN,
	    str_format(&run->arena, "CUDA %s does not compile for %s (sm_%s)%s", version_text(&run->arena, &t->version, 2),
		       gpu->name, gpu->arch, span(run, gpu->arch)),
	    remedy(run, machine, gpu->arch), about(run, gpu),
	    can.n ? str_format(&run->arena, "%s: %s", t->nvcc, strings_join(&run->arena, &can, " ")) : say_toolkit(run, t), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	struct strings seen = { 0 };

	for (size_t i = 0; i < machine->gpus.n; i++) {
		const struct gpu *gpu = &machine->gpus.item[i];

		if (!gpu->arch || strings_has(&seen, gpu->arch))
			continue;
		strings_add(&run->arena, &seen, gpu->arch);
		if (wants_extension(machine))
			torchs(run, machine, gpu, out);
		if (machine->toolkit && machine->toolkit->nvcc)
			toolkits(run, machine, gpu, out);
	}
}

const struct check check_gpu_archs = {
	"gpu-archs", "the GPUs against what torch has code for and the toolkit compiles for",
	NEED_GPUS | NEED_TORCH | NEED_TOOLKITS, look,
};
