/* cuenv remove DIR: forgets a toolkit that `cuenv add` remembered; the toolkit itself is left alone. */

#include "cli/command.h"
#include "cli/print.h"
#include "cli/roots.h"
#include "cli/show.h"

static int
run_remove(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *path = roots_path(run, request_argument(request, 0));
	struct cJSON *document;
	bool changed;

	(void)machine;
	if (!path || !roots_remove(run, path, &changed))
		return 2;
	if (!changed) {
		run_fail(run, "%s is not in the list of added roots", path);
		return 1;
	}
	if (!request->json) {
		out("removed %s from the list; nothing else was touched\n", path);
		return 0;
	}
	document = show_document(run, 0);
	if (!document)
		return 2;
	json_put_text(run, document, "path", path);
	out_json(json_print(document));
	return 0;
}

const struct command command_remove = {
	.name = "remove",
	.arguments = "DIR",
	.summary = "forget what add remembered; deletes no toolkit",
	.min_arguments = 1,
	.max_arguments = 1,
	.json = true,
	.run = run_remove,
};
