/* cuenv init SHELL: the function that lets cuenv change the shell it is typed in. */

#include "cli/command.h"
#include "cli/print.h"
#include "cli/shells.h"

static int
run_init(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *name = request_argument(request, 0);
	bool restricted;
	const struct shell *shell = name && (name[0] != '-' || name[1]) ? shell_find(name) : shell_parent(run, &restricted);

	(void)machine;
	if (!shell) {
		run_fail(run, "init: '%s' is no shell that I know; there are: %s", name ? clipped(&run->arena, name) : "",
			 shell_names(run));
		return 2;
	}
	if (request_has(request, "hook") && !*shell->hook) {
		run_fail(run, "init: there is no hook for %s; type: cuenv init %s", shell->name, shell->name);
		return 2;
	}
	out_exact(shell_code(run, shell, request_has(request, "hook")));
	return 0;
}

static const struct choice choices[] = {
	{ "hook", NULL, "also follow .cuda-version, and repair PATH where something else moved it" },
	{ 0 },
};

const struct command command_init = {
	.name = "init",
	.arguments = "[SHELL]",
	.summary = "print the code that lets cuenv switch a shell",
	.details = "For the shell's rc file: eval \"$(cuenv init bash)\", and likewise zsh, ksh, mksh, dash, sh;\n"
		   "cuenv init fish | source; eval \"`cuenv init tcsh`\"; eval (cuenv init elvish | slurp);\n"
		   "execx($(cuenv init xonsh)). It defines a function cuenv, which hands all but cuenv shell on to the program,\n"
		   "and for bash, zsh and fish what completes its words.\n"
		   "With --hook it looks before each prompt in bash, zsh, fish and xonsh, and costs no process while folder,\n"
		   "PATH, CUENV_VERSION and the version file stay as they are; at each cd in sh, dash, ksh, mksh, tcsh and\n"
		   "elvish, so there type cuenv shell where a version file was written without a cd.\n"
		   "Those for nu and powershell are written by the book and have not been run.",
	.max_arguments = 1,
	.quick = true,
	.choices = choices,
	.run = run_init,
};
