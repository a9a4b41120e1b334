/*
 * What torch itself does with TORCH_CUDA_ARCH_LIST: blanks become semicolons, names become lists, and each word must be
 * one of supported_arches, or that and +PTX. A comma, "86", "sm_86", two separators side by side or one at an end raise
 * ValueError (torch.utils.cpp_extension, _get_cuda_arch_flags, 1.13 to 2.15); older torches know fewer architectures.
 */
#include <string.h>

#include "base/arch.h"
#include "check/recipe.h"
#include "check/say.h"

static bool
takes(struct run *run, const struct recipe *recipe, const char *word)
{
	size_t length = strlen(word);

	if (recipe_named_arch(run, recipe, word))
		return true;
	if (str_ends(word, "+PTX"))
		word = str_copy(&run->arena, word, length - 4);
	return strings_has(&recipe->archs, word);
}

/* The list as it would have to be written: "86,sm_90" is 8.6;9.0. */
static const char *
mended(struct run *run, const struct recipe *recipe, const char *list)
{
	struct strings good = { 0 };

	for (const char *at = list + strspn(list, "; ,"); *at; at += strspn(at, "; ,")) {
		size_t length = strcspn(at, "; ,"), digits;
		const char *n = arch_number(&run->arena, at, length), *dotted;

		at += length;
		digits = n ? strspn(n, "0123456789") : 0;
		if (digits < 2)
			continue;
		dotted = str_format(&run->arena, "%.*s.%s", (int)digits - 1, n, n + digits - 1);
		if (takes(run, recipe, dotted))
			strings_add_once(&run->arena, &good, dotted);
	}
	return good.n ? str_format(&run->arena, "export TORCH_CUDA_ARCH_LIST='%s'", strings_join(&run->arena, &good, ";"))
		      : "unset TORCH_CUDA_ARCH_LIST";
}

bool
recipe_refuses(struct run *run, const struct recipe *recipe, const char *list, struct findings *out)
{
	char *semicolons = (char *)str_copy(&run->arena, list, strlen(list));
	struct strings words, bad = { 0 };

	for (char *at = semicolons; *at; at++)
		*at = *at == ' ' ? ';' : *at;
	words = str_split(&run->arena, semicolons, ';');
	for (size_t i = 0; recipe->archs.n && i < words.n; i++)
		if (!takes(run, recipe, words.item[i]))
			strings_add_once(&run->arena, &bad, str_format(&run->arena, "'%s'", words.item[i]));
	if (!bad.n)
		return false;
	say(run, out, "CE504", SEVERITY_FAIL,
	    str_format(&run->arena, "torch refuses TORCH_CUDA_ARCH_LIST: %s is none of its architectures",
		       strings_join(&run->arena, &bad, ", ")),
	    mended(run, recipe, list), str_format(&run->arena, "TORCH_CUDA_ARCH_LIST=%s", list),
	    str_format(&run->arena, "%s: %s, each also with +PTX", recipe->file,
		       strings_join(&run->arena, &recipe->archs, " ")), NULL);
	return true;
}
