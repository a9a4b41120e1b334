/* cuenv prefix [SPEC]: the root of a toolkit, for CUDA_HOME="$(cuenv prefix 11.8)". */

#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"

static int
run_prefix(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct toolkit *toolkit = request_toolkit(run, machine, request);
	struct cJSON *document;

	if (!toolkit)
		return 1;
	if (!request->json) {
		show_line(run, toolkit->root);
		return 0;
	}
	document = show_document(run, 0);
	if (!document)
		return 2;
	show_toolkit(run, document, "toolkit", toolkit, machine->torch);
	out_json(json_print(document));
	return 0;
}

const struct command command_prefix = {
	.name = "prefix",
	.arguments = "[SPEC]",
	.summary = "print a toolkit's root, what CUDA_HOME should be",
	.details = "SPEC is 11, 11.8, 11.8.89, '>=11.7,<12', cu118, latest, a toolkit's path, torch or system (what a\n"
		   "build started here would take). torch is the CUDA that the torch at hand was built with; where no\n"
		   "toolkit of that minor version builds extensions, the nearest of the same major, which torch's build\n"
		   "warns of and takes, and a line on stderr says so. Without SPEC: CUENV_VERSION, else the nearest\n"
		   ".cuda-version upward, else what cuenv global set, else system.\n"
		   "Among those that fit, one that builds torch extensions comes before one that does not, then the\n"
		   "newest.",
	.needs = NEED_TOOLKITS,
	.max_arguments = 1,
	.quick = true,
	.spec = 1,
	.choices = spec_choices,
	.json = true,
	.run = run_prefix,
};
