/*
 * Search paths without other toolkits. gcc takes CPATH before -isystem, ld.so LD_LIBRARY_PATH before RUNPATH, so a toolkit
 * left there from another day is mixed into the build. Only such entries go; what else is in these lists stays.
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/build_plan.h"

static const char *const lists[] = { "LD_LIBRARY_PATH", "LIBRARY_PATH", "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH" };

static bool
among(struct run *run, const struct strings *directories, const char *real)
{
	for (size_t i = 0; i < directories->n; i++)
		if (str_same(world_real(run, directories->item[i]), real))
			return true;
	return false;
}

/* A root that holds other software too: /usr, /usr/local, a conda environment. */
static bool
is_shared(struct run *run, const char *root)
{
	return strcmp(root, "/usr") == 0 || strcmp(root, "/usr/local") == 0 ||
	       world_is_dir(run, path_join(&run->arena, root, "conda-meta"));
}

static bool
is_of(struct run *run, const struct toolkit *toolkit, const char *real)
{
	return (path_below(real, toolkit->root) && !is_shared(run, toolkit->root)) ||
	       among(run, &toolkit->include_dirs, real) || among(run, &toolkit->lib_dirs, real);
}

static bool
is_foreign(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const char *entry)
{
	const char *real = entry[0] == '/' ? world_real(run, entry) : NULL;

	if (!real || is_of(run, toolkit, real))
		return false;
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (is_of(run, &machine->toolkits.item[i], real))
			return true;
	return false;
}

void
build_scrub(struct run *run, const struct machine *machine, const struct toolkit *toolkit, struct build_plan *plan)
{
	struct strings gone = { 0 };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const char *value = run_env(run, lists[i]);
		struct strings entries = str_split(&run->arena, value ? value : "", ':');

		for (size_t k = 0; k < entries.n; k++) {
			if (!is_foreign(run, machine, toolkit, entries.item[k]))
				continue;
			*list_add(&run->arena, &plan->changes) =
				(struct change){ CHANGE_REMOVE, lists[i], entries.item[k] };
			strings_add_once(&run->arena, &gone,
					 str_format(&run->arena, "%s from %s", entries.item[k], lists[i]));
		}
	}
	if (gone.n)
		strings_add(&run->arena, &plan->said,
			    str_format(&run->arena, "other toolkits left out: %s", strings_join(&run->arena, &gone, ", ")));
}
