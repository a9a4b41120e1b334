/* cuenv global [SPEC]: the toolkit of this user, where nothing nearer says another. */
#include "cli/pin.h"
#include "select/choice.h"

static int
run_global(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *file = choice_global(run);

	if (!file) {
		run_fail(run, "no place to keep it: set HOME or XDG_CONFIG_HOME to an absolute path");
		return 2;
	}
	return pin(run, machine, request, file);
}

const struct command command_global = {
	.name = "global",
	.arguments = "[SPEC]",
	.summary = "choose the toolkit where no .cuda-version says another",
	.details = "Kept in ${XDG_CONFIG_HOME:-~/.config}/cuenv/version; without SPEC, prints what that file says.",
	.needs = NEED_TOOLKITS,
	.max_arguments = 1,
	.quick = true,
	.spec = 1,
	.choose = pin_choose,
	.choices = pin_choices,
	.json = true,
	.run = run_global,
};
