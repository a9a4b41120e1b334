/* cuenv which libcudnn.so.9 --as torch: the file that import torch would get here, and what leads to it; nothing is run. */

#include "base/path.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/which_as.h"
#include "load/loader.h"

/* By its whole name, or by that without the version: libcudnn.so, libcudnn. */
static const struct loaded *
find(struct run *run, const struct loader *loader, const char *name)
{
	const char *start = str_format(&run->arena, str_ends(name, ".so") ? "%s." : "%s.so", name);
	const struct loaded *at = loader_find(loader, name);

	for (size_t i = 0; !at && i < loader->n; i++)
		if (str_starts(loader->item[i].soname, start))
			at = &loader->item[i];
	return at;
}

/* What is opened by name later, as libcuda.so.1 by libcudart: as the library that opens it would find it. */
static bool
find_later(struct run *run, struct loader *loader, const char *name, struct found *out, const char **by)
{
	const struct loaded *opener = find(run, loader, str_starts(name, "libcudnn_") ? "libcudnn" : "libcudart");
	size_t index = opener ? (size_t)(opener - loader->item) : 0;

	*by = loader->n ? loader->item[index].path : NULL;
	return loader->n && loader_search(run, loader, index, name, out);
}

static const char *
led(struct run *run, const struct found *found)
{
	const char *conf = found->how == FOUND_CACHE ? loader_conf(run, path_parent(&run->arena, found->path)) : NULL;

	switch (found->how) {
	case FOUND_PATH:
		return "opened by its path";
	case FOUND_RPATH:
		return str_format(&run->arena, "DT_RPATH %s", found->entry);
	case FOUND_LD_LIBRARY_PATH:
		return str_format(&run->arena, "LD_LIBRARY_PATH, its element '%s'", found->entry);
	case FOUND_RUNPATH:
		return str_format(&run->arena, "DT_RUNPATH %s", found->entry);
	case FOUND_CACHE:
		return conf ? str_format(&run->arena, "ld.so.cache, by %s", conf) : "ld.so.cache";
	case FOUND_DEFAULT:
		return "the loader's own folder";
	}
	return NULL;
}

int
which_library(struct run *run, const struct machine *machine, const struct request *request, const char *name)
{
	struct loader loader = loader_begin(run);
	const struct loaded *at;
	const char *by = NULL, *how;
	struct found found;
	struct cJSON *document;

	if (!machine->torch || !machine->python) {
		run_fail(run, "which %s --as torch: no torch here", clipped(&run->arena, name));
		return 1;
	}
	loader_import_torch(run, &loader, machine->python, machine->torch);
	at = find(run, &loader, name);
	if (at) {
		found = at->found;
		by = loader.item[at->by].path;
	} else if (!find_later(run, &loader, name, &found, &by)) {
		run_fail(run, "%s is nowhere that the loader looks for %s", clipped(&run->arena, name), by ? by : "torch");
		return 1;
	}
	how = at && at->preloaded ? "LD_PRELOAD" : led(run, &found);
	if (!request->json) {
		show_line(run, found.path);
		show_wrapped("    ", str_format(&run->arena, "%s; for %s", how, by));
		return 0;
	}
	document = show_document(run, 0);
	if (!document)
		return 2;
	json_put_text(run, document, "path", found.path);
	json_put_text(run, document, "by", how);
	json_put_text(run, document, "for", by);
	out_json(json_print(document));
	return 0;
}
