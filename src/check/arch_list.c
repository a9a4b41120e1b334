/*
 * TORCH_CUDA_ARCH_LIST. torch reads it strictly; without it, it asks the visible GPUs, and where there is none it stops with
 * an IndexError ("arch_list[-1] += '+PTX'", torch 1.5 to 2.15). nvcc refuses what it does not know.
 */
#include <string.h>

#include "base/arch.h"
#include "base/nvcc_archs.h"
#include "check/recipe.h"
#include "check/say.h"

/* The newest architecture that both torch and nvcc have, as 9.0; for a list that somebody has to write. */
static const char *
usual(struct run *run, const struct machine *machine)
{
	const struct torch *torch = machine->torch;
	struct strings can = nvcc_archs(run, machine->toolkit->nvcc), both = { 0 };

	for (size_t i = 0; i < torch->archs.n; i++) {
		const char *arch = torch->archs.item[i];

		if (str_starts(arch, "sm_") && (!can.n || strings_has(&can, arch + 3)))
			strings_add(&run->arena, &both, arch_dotted(&run->arena, arch + 3));
	}
	return both.n ? strings_join(&run->arena, &both, ";") : "8.0";
}

/* The words of the list that nvcc does not compile for; names such as Ampere are torch's. */
static void
unknown(struct run *run, const struct machine *machine, const struct recipe *recipe, const char *list, struct findings *out)
{
	struct strings can = nvcc_archs(run, machine->toolkit->nvcc), bad = { 0 }, words;
	char *text = (char *)str_copy(&run->arena, list, strlen(list));

	for (char *at = text; *at; at++)
		*at = strchr(" ,", *at) ? ';' : *at;
	words = str_split(&run->arena, text, ';');
	for (size_t i = 0; can.n && i < words.n; i++) {
		const char *word = words.item[i], *named = recipe_named_arch(run, recipe, word), *number;
		size_t length = str_ends(word, "+PTX") ? strlen(word) - 4 : strlen(word);

		number = arch_number(&run->arena, word, length);
		if (!named && number && !strings_has(&can, number))
			strings_add_once(&run->arena, &bad, str_copy(&run->arena, word, length));
	}
	if (bad.n)
		say(run, out, "CE501", SEVERITY_FAIL,
		    str_format(&run->arena, "CUDA %s does not compile for %s",
			       version_text(&run->arena, &machine->toolkit->version, 2), strings_join(&run->arena, &bad, ", ")),
		    str_format(&run->arena, "export TORCH_CUDA_ARCH_LIST='%s'", usual(run, machine)),
		    say_variable(run, "TORCH_CUDA_ARCH_LIST"),
		    str_format(&run->arena, "%s: %s", machine->toolkit->nvcc, strings_join(&run->arena, &can, " ")), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const char *list = run_env(run, "TORCH_CUDA_ARCH_LIST");
	struct recipe recipe;

	if (!wants_extension(machine) || !machine->toolkit || !machine->toolkit->nvcc)
		return;
	if (!list) {
		if (!machine->gpus.n)
			say(run, out, "CE505", SEVERITY_WARN,
			    "no GPU is here to ask, and TORCH_CUDA_ARCH_LIST is not set: torch's build stops with an IndexError",
			    str_format(&run->arena, "export TORCH_CUDA_ARCH_LIST='%s'", usual(run, machine)),
			    "/proc/driver/nvidia/gpus: no GPU", "TORCH_CUDA_ARCH_LIST: not set", NULL);
		return;
	}
	recipe_read(run, machine->torch, &recipe);
	if (recipe.native && strcmp(list, "native") == 0)
		return;
	if (!recipe_refuses(run, &recipe, list, out))
		unknown(run, machine, &recipe, list, out);
}

const struct check check_arch_list = {
	"arch-list", "TORCH_CUDA_ARCH_LIST as torch and nvcc read it", NEED_TOOLKITS | NEED_TORCH | NEED_GPUS, look,
};
