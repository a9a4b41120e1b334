/* cuenv version: which toolkit is chosen here, and who chose it. */

#include "base/str.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"
#include "select/choice.h"

static int
run_version(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *version, *by = request->origin;
	const struct toolkit *toolkit = request_toolkit(run, machine, request);
	struct cJSON *document;

	if (!toolkit)
		return 1;
	version = version_text(&run->arena, &toolkit->version, 0);
	if (!request->json) {
		if (request_has(request, "origin"))
			out("%s (%s%s%s)\n", version, request->spec, by ? ", by " : "", by ? by : "");
		else
			show_line(run, version);
		return 0;
	}
	document = show_document(run, 0);
	if (!document)
		return 2;
	json_put_text(run, document, "spec", request->spec);
	json_put_text(run, document, "origin", request->origin);
	show_toolkit(run, document, "toolkit", toolkit, machine->torch);
	out_json(json_print(document));
	return 0;
}

static const struct choice choices[] = {
	{ "origin", NULL, "also the SPEC, and the variable or file that says it" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_version = {
	.name = "version",
	.arguments = "",
	.summary = "print the version of the toolkit that is chosen here",
	.details = "The choice is CUENV_VERSION (set by cuenv shell), else the nearest .cuda-version upward (cuenv local),\n"
		   "else what cuenv global set, else system.",
	.needs = NEED_TOOLKITS,
	.quick = true,
	.spec = 1,
	.choices = choices,
	.json = true,
	.run = run_version,
};
