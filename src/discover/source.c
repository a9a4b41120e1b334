#include "discover/source.h"

#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

#define SOURCE(id) extern const struct source source_##id;
#include "discover/sources.def"
#undef SOURCE

const struct source *const sources[] = {
#define SOURCE(id) &source_##id,
#include "discover/sources.def"
#undef SOURCE
};
const int source_count = (int)(sizeof(sources) / sizeof(sources[0]));

static void
add(struct run *run, struct leads *leads, struct lead lead)
{
	lead.path = path_clean(&run->arena, run->cwd, lead.path);
	for (size_t i = 0; i < leads->n; i++)
		if (strcmp(leads->item[i].path, lead.path) == 0 && leads->item[i].is_nvcc == lead.is_nvcc &&
		    strcmp(leads->item[i].source, lead.source) == 0)
			return;
	*list_add(&run->arena, leads) = lead;
}

void
lead_root(struct run *run, struct leads *leads, const struct source *source, const char *path, const char *saw)
{
	add(run, leads, (struct lead){ path, source->name, saw, false });
}

void
lead_nvcc(struct run *run, struct leads *leads, const struct source *source, const char *path, const char *saw)
{
	add(run, leads, (struct lead){ path, source->name, saw, true });
}

void
lead_children(struct run *run, struct leads *leads, const struct source *source, const char *directory,
	      const char *prefix)
{
	struct strings names = { 0 };

	if (!world_list(run, directory, &names))
		return;
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], prefix)) {
			const char *path = path_join(&run->arena, directory, names.item[i]);

			lead_root(run, leads, source, path, path);
		}
}
