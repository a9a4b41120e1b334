/*
 * torch has compiler bounds of its own, which only a setup.py build heeds: CUDA_GCC_VERSIONS and CUDA_CLANG_VERSIONS in
 * utils/cpp_extension.py, "'12.4': ((6, 0, 0), (14, 0)),". They are stricter than nvcc's in places (12.8 and 12.9 with
 * GCC 14) and TORCH_DONT_CHECK_COMPILER_ABI=1 leaves them out. The upper bound is exclusive since torch 2.0.
 */
#include <stdlib.h>
#include <string.h>

#include "base/world.h"
#include "check/torch_compilers.h"
#include "check/say.h"

/* The upper bound of a CUDA version's row: the numbers in the last parentheses of its line. */
static bool
upper_bound(struct run *run, const struct blob *text, const char *table, const char *cuda, struct version *out)
{
	const char *start = blob_find(text, table), *end, *row, *open;
	struct version bound = { 0 };

	if (!start || !(end = strstr(start, "\n}")))
		return false;
	row = strstr(start, str_format(&run->arena, "\n    '%s':", cuda));
	if (!row || row > end)
		return false;
	row++;
	row = str_copy(&run->arena, row, strcspn(row, "\n"));
	open = strrchr(row, '(');
	for (const char *at = open ? open + 1 : ""; bound.n < 4 && *at >= '0' && *at <= '9'; at += strspn(at, ", "))
		bound.part[bound.n++] = (int)strtol(at, (char **)&at, 10);
	*out = bound;
	return bound.n > 0;
}

static bool
unchecked(struct run *run)
{
	static const char *const words[] = { "ON", "1", "YES", "TRUE", "Y" };
	const char *value = run_env(run, "TORCH_DONT_CHECK_COMPILER_ABI");

	for (size_t i = 0; value && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(value, words[i]) == 0)
			return true;
	return false;
}

bool
torch_compilers_judge(struct run *run, const char *file, const struct toolkit *toolkit, const char *path, bool is_clang,
		      const struct version *version, struct findings *out)
{
	const char *cuda = version_text(&run->arena, &toolkit->version, 2);
	struct version bound;
	struct blob text;
	int order;

	if (unchecked(run) || !version->n || !world_read(run, file, 1 << 20, &text) || !blob_find(&text, "\nCUDA_GCC_VERSIONS"))
		return true;
	if (!upper_bound(run, &text, is_clang ? "\nCUDA_CLANG_VERSIONS" : "\nCUDA_GCC_VERSIONS", cuda, &bound))
		return false;
	order = version_compare(version, &bound);
	if (order < 0 || (order == 0 && !blob_find(&text, "max_excl_compiler_version")))
		return true;
	say(run, out, "CE205", SEVERITY_WARN,
	    str_format(&run->arena, "nvcc accepts %s, and torch's own table refuses it in a setup.py build",
		       compiler_says(run, path, is_clang, version)),
	    "export TORCH_DONT_CHECK_COMPILER_ABI=1",
	    str_format(&run->arena, "%s: CUDA %s up to %s", file, cuda, version_text(&run->arena, &bound, 0)), NULL);
	return true;
}
