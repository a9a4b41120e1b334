/*
 * Which architectures to build. torch takes TORCH_CUDA_ARCH_LIST, else the visible GPUs (never above what torch itself
 * was built for), and stops with an IndexError where there is neither (torch.utils.cpp_extension,
 * _get_cuda_arch_flags). Without a GPU verify takes the newest architecture that torch has code for and nvcc compiles:
 * one is enough to judge compiler and ABI, and the verdict says which.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arch.h"
#include "base/world.h"
#include "verify/plan.h"

/* One word of a list: a number, perhaps with +PTX, or a name that torch knows ("Ampere" is "8.0;8.6+PTX"). */
static bool
read_word(struct run *run, struct plan *plan, const char *word, size_t length, bool named)
{
	const char *plus = memchr(word, '+', length), *list, *n;
	bool ptx = plus && length - (size_t)(plus - word) == 4 && strncmp(plus, "+PTX", 4) == 0;

	n = arch_number(&run->arena, word, ptx ? (size_t)(plus - word) : length);
	if (n && str_starts(word, "compute_")) {
		strings_add_once(&run->arena, &plan->archs, str_format(&run->arena, "compute_%s", n));
		return true;
	}
	if (n) {
		strings_add_once(&run->arena, &plan->archs, str_format(&run->arena, "sm_%s", n));
		if (ptx)
			strings_add_once(&run->arena, &plan->archs, str_format(&run->arena, "compute_%s", n));
		return true;
	}
	list = named ? NULL : recipe_named_arch(run, &plan->recipe, str_copy(&run->arena, word, length));
	while (list && *list) {
		size_t piece = strcspn(list, ";");

		if (!read_word(run, plan, list, piece, true))
			return false;
		list += piece + (list[piece] == ';');
	}
	return list != NULL;
}

static bool
read_list(struct run *run, struct plan *plan, const char *list, const char *from)
{
	plan->archs_from = from;
	for (const char *at = list + strspn(list, "; ,"); *at; at += strspn(at, "; ,")) {
		size_t length = strcspn(at, "; ,");

		if (!read_word(run, plan, at, length, false))
			return run_fail(run, "%s: '%.*s' is no architecture; write 8.6, sm_86 or 8.6+PTX", from, (int)length, at);
		at += length;
	}
	return plan->archs.n || run_fail(run, "%s names no architecture; write 8.6, sm_86 or 8.6+PTX", from);
}

/* The newest that torch has machine code for and nvcc can compile; with a limit, none above it. */
static const char *
newest_common(const struct plan *plan, int limit)
{
	const char *best = NULL;

	for (size_t i = 0; i < plan->torch->archs.n; i++) {
		const char *arch = plan->torch->archs.item[i];
		int n = str_starts(arch, "sm_") ? atoi(arch + 3) : 0;

		if (n && n <= limit && (!plan->can.n || strings_has(&plan->can, arch + 3)) && (!best || n > atoi(best)))
			best = arch + 3;
	}
	return best;
}

/* The first visible GPU's, as nvidia-smi tells: "8.6". */
static bool
gpu(struct run *run, int *out)
{
	const char *smi = world_on_path(run, "nvidia-smi", 0), *dot;
	struct program program = { .seconds = 10 };
	struct outcome said;
	struct stat st;

	if (!smi || !world_stat(run, "/dev/nvidiactl", &st))
		return false;
	words_add(run, &program.argv, smi, "--query-gpu=compute_cap", "--format=csv,noheader", NULL);
	if (!program_run(run, &program, 1, &said) || said.status != 0 || !(dot = strchr(said.out.data, '.')))
		return false;
	*out = 10 * atoi(said.out.data) + atoi(dot + 1);
	return *out > 0;
}

static void
choose(struct run *run, struct plan *plan)
{
	int limit = 10000;
	const char *arch;

	plan->archs_from = "the newest that torch has and nvcc compiles; no GPU is here";
	if (gpu(run, &limit))
		plan->archs_from = "the GPU here";
	arch = newest_common(plan, limit);
	if (!arch && plan->can.n) {
		arch = plan->can.item[plan->can.n - 1];
		plan->archs_from = "nvcc's newest, because torch has none that it compiles";
	}
	strings_add(&run->arena, &plan->archs, str_format(&run->arena, "sm_%s", arch ? arch : "80"));
}

/* nvcc would say: Unsupported gpu architecture 'compute_120'. */
static void
refuse_unknown(struct run *run, struct plan *plan, struct findings *findings)
{
	struct strings unknown = { 0 };
	struct finding *finding;

	for (size_t i = 0; plan->can.n && i < plan->archs.n; i++) {
		const char *n = strchr(plan->archs.item[i], '_') + 1;
		const char *plain = str_copy(&run->arena, n, strspn(n, "0123456789"));

		if (!strings_has(&plan->can, plain))
			strings_add(&run->arena, &unknown, plan->archs.item[i]);
	}
	if (!unknown.n)
		return;
	finding = finding_add(run, findings, "CE501", SEVERITY_FAIL,
			      str_format(&run->arena, "CUDA %s does not compile for %s",
					 version_text(&run->arena, &plan->toolkit->version, 2),
					 strings_join(&run->arena, &unknown, ", ")),
			      newest_common(plan, 10000)
				      ? str_format(&run->arena, "cuenv verify --toolkit %s --arch %s",
						   version_text(&run->arena, &plan->toolkit->version, 2),
						   newest_common(plan, 10000))
				      : NULL);
	words_add(run, &finding->evidence,
		  str_format(&run->arena, "%s: %s", plan->archs_from, strings_join(&run->arena, &plan->archs, " ")),
		  str_format(&run->arena, "nvcc --list-gpu-arch: %s", strings_join(&run->arena, &plan->can, " ")), NULL);
	plan->blocked = true;
}

/* A GPU of such an architecture runs torch and not the extension. */
static void
note_lacking(struct run *run, const struct plan *plan, struct findings *findings)
{
	struct strings lacking = { 0 };
	struct finding *finding;

	for (size_t i = 0; plan->can.n && i < plan->torch->archs.n; i++) {
		const char *arch = plan->torch->archs.item[i];

		if (str_starts(arch, "sm_") && !strings_has(&plan->can, arch + 3))
			strings_add(&run->arena, &lacking, arch);
	}
	if (!lacking.n)
		return;
	finding = finding_add(run, findings, "CE502", SEVERITY_NOTE,
			      str_format(&run->arena, "torch runs on %s; CUDA %s has no code for %s",
					 strings_join(&run->arena, &lacking, ", "),
					 version_text(&run->arena, &plan->toolkit->version, 2), lacking.n > 1 ? "them" : "it"),
			      NULL);
	words_add(run, &finding->evidence,
		  str_format(&run->arena, "nvcc --list-gpu-arch: %s", strings_join(&run->arena, &plan->can, " ")), NULL);
}

bool
archs_settle(struct run *run, struct plan *plan, struct findings *findings)
{
	const char *variable = run_env(run, "TORCH_CUDA_ARCH_LIST");

	if (plan->wish->archs) {
		if (!read_list(run, plan, plan->wish->archs, "--arch"))
			return false;
	} else if (variable && !(plan->recipe.native && strcmp(variable, "native") == 0)) {
		if (recipe_refuses(run, &plan->recipe, variable, findings)) {
			plan->blocked = true;
			return true;
		}
		if (!read_list(run, plan, variable, "TORCH_CUDA_ARCH_LIST"))
			return false;
	} else {
		choose(run, plan);
	}
	refuse_unknown(run, plan, findings);
	note_lacking(run, plan, findings);
	return true;
}
