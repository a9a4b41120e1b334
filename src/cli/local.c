/* cuenv local [SPEC]: the .cuda-version of this folder and those below it. */
#include "base/world.h"
#include "cli/pin.h"
#include "select/choice.h"

static int
run_local(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *file = choice_local(run), *to;

	/* A project that links it elsewhere would have another file of the user's written. */
	if ((request->spec || request_has(request, "unset")) && world_readlink(run, file, &to)) {
		run_fail(run, "%s is a link to %s; remove the link first", file, to);
		return 2;
	}
	return pin(run, machine, request, file);
}

const struct command command_local = {
	.name = "local",
	.arguments = "[SPEC]",
	.summary = "choose the toolkit of this folder: .cuda-version",
	.details = "Writes SPEC (as for cuenv prefix), and nothing else, to .cuda-version in this folder; without SPEC,\n"
		   "prints what that file says. It is heeded here and below by every command that is given no SPEC, and,\n"
		   "after cuenv init --hook, by the shell.",
	.needs = NEED_TOOLKITS,
	.max_arguments = 1,
	.quick = true,
	.spec = 1,
	.choose = pin_choose,
	.choices = pin_choices,
	.json = true,
	.run = run_local,
};
