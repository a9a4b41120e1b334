/* cuenv prefix [SPEC]: the root of a toolkit, for CUDA_HOME="$(cuenv prefix 11.8)". */
#include <stdio.h>

#include "cli/command.h"
#include "select/select.h"

static int
run_prefix(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *spec = request_argument(request, 0), *why;
	const struct toolkit *toolkit = select_toolkit(&run->arena, machine, spec ? spec : "system", &why);

	if (!toolkit) {
		run_fail(run, "%s", why);
		return 1;
	}
	printf("%s\n", toolkit->root);
	return 0;
}

const struct command command_prefix = {
	.name = "prefix",
	.arguments = "[SPEC]",
	.summary = "print a toolkit's root, what CUDA_HOME should be",
	.needs = NEED_TOOLKITS,
	.max_arguments = 1,
	.spec = 1,
	.run = run_prefix,
};
