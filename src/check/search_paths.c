/*
 * An empty element of a search path is the current folder: whoever can write there has his libraries loaded, his programs run.
 * "export LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/x" makes one where the variable was not set. LIBRARY_PATH, which the linker alone reads,
 * ends so in NVIDIA's own images.
 */
#include <string.h>

#include "check/say.h"

static bool
has_empty(const char *list)
{
	return list[0] == ':' || strstr(list, "::") || str_ends(list, ":");
}

/* The list without its empty elements. */
static const char *
mended(struct run *run, const char *list)
{
	struct strings all = str_split(&run->arena, list, ':'), kept = { 0 };

	for (size_t i = 0; i < all.n; i++)
		if (all.item[i][0])
			strings_add(&run->arena, &kept, all.item[i]);
	return strings_join(&run->arena, &kept, ":");
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	static const char *const names[] = { "PATH", "LD_LIBRARY_PATH", "CPATH", "LIBRARY_PATH" };

	(void)machine;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = run_env(run, names[i]), *good;

		if (!value || !has_empty(value))
			continue;
		good = mended(run, value);
		say(run, out, "CE706", str_same(names[i], "LIBRARY_PATH") ? SEVERITY_NOTE : SEVERITY_WARN,
		    str_format(&run->arena, "%s has an empty element, which is the current folder", names[i]),
		    good[0] ? str_format(&run->arena, "export %s=%s", names[i], str_quote(&run->arena, good))
			    : str_format(&run->arena, "unset %s", names[i]),
		    say_variable(run, names[i]), NULL);
	}
}

const struct check check_search_paths = {
	"search-paths", "empty elements in PATH, LD_LIBRARY_PATH, CPATH, LIBRARY_PATH", 0, look,
};
