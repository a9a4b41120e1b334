/* cuenv add DIR: remembers a toolkit in a place that no source looks at. */

#include "base/str.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/roots.h"
#include "cli/show.h"
#include "machine.h"

static int
report(struct run *run, const struct request *request, const struct toolkit *toolkit, const char *path, bool changed)
{
	struct cJSON *document;

	if (!request->json) {
		out("%s %s (CUDA %s, %s)\n", changed ? "added" : "already there:", path,
		       version_text(&run->arena, &toolkit->version, 0), show_state(toolkit));
		return 0;
	}
	document = show_document(run, 0);
	if (!document)
		return 2;
	json_put_text(run, document, "path", path);
	json_put_bool(document, "changed", changed);
	show_toolkit(run, document, "toolkit", toolkit, NULL);
	out_json(json_print(document));
	return 0;
}

static int
run_add(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *path = roots_path(run, request_argument(request, 0));
	struct toolkit toolkit = { 0 };
	bool changed;

	(void)machine;
	if (!path)
		return 2;
	if (!machine_look(run, path, false, &toolkit)) {
		const struct trace *last = run->traces.n ? &run->traces.item[run->traces.n - 1] : NULL;

		run_fail(run, "no CUDA toolkit at %s: %s%s%s", path, !last || str_same(last->path, path) ? "" : last->path,
			 !last || str_same(last->path, path) ? "" : " ", last ? last->why : "nothing is there");
		return 1;
	}
	if (!roots_add(run, path, &changed))
		return 2;
	return report(run, request, &toolkit, path, changed);
}

const struct command command_add = {
	.name = "add",
	.arguments = "DIR",
	.summary = "remember a toolkit that lies where nobody looks",
	.details = "Kept as one absolute path per line in ${XDG_CONFIG_HOME:-~/.config}/cuenv/roots. Links are kept as\n"
		   "links: what they point to may change.",
	.min_arguments = 1,
	.max_arguments = 1,
	.traces = true,
	.json = true,
	.run = run_add,
};
