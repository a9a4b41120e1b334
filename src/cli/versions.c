/* cuenv versions: every toolkit, newest first. */
#include <stdio.h>

#include "cli/command.h"

static int
run_versions(struct run *run, const struct machine *machine, const struct request *request)
{
	(void)request;
	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		printf("%c %-10s %d %s\n", t->active ? '*' : ' ', version_text(&run->arena, &t->version, 0), t->state,
		       t->root);
	}
	return 0;
}

const struct command command_versions = {
	.name = "versions",
	.alias = "list",
	.arguments = "",
	.summary = "every toolkit on this machine, newest first",
	.needs = NEED_TOOLKITS | NEED_TORCH,
	.run = run_versions,
};
