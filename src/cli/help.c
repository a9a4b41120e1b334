/* cuenv help [VERB]: made from the rows of commands.def. */
#include <stdio.h>

#include "base/str.h"
#include "cli/command.h"

static void
print_overview(struct run *run)
{
	printf("cuenv %s: finds CUDA toolkits, switches between them, and proves that they build what torch loads\n\n"
	       "usage: cuenv [--root DIR] [--env NAME=VALUE] COMMAND [OPTION…] [ARGUMENT…]\n\n", CUENV_VERSION);
	for (int i = 0; i < command_count; i++)
		printf("  %-26s %s\n", str_format(&run->arena, "%s %s", commands[i]->name, commands[i]->arguments),
		       commands[i]->summary);
	printf("\n  --root DIR          look at the machine whose root is DIR (an image, a chroot)\n"
	       "  --env NAME=VALUE    set a variable of that machine\n"
	       "\nMore about one: cuenv help COMMAND\n");
}

static void
print_command(struct run *run, const struct command *command)
{
	printf("usage: cuenv %s %s\n%s\n", command->name, command->arguments, command->summary);
	if (command->alias)
		printf("also: cuenv %s\n", command->alias);
	if (command->details)
		printf("\n%s\n", command->details);
	printf("\n");
	for (const struct choice *c = command->choices; c && c->name; c++)
		printf("  %-22s %s\n",
		       c->value ? str_format(&run->arena, "--%s %s", c->name, c->value)
				: str_format(&run->arena, "--%s", c->name),
		       c->help);
	printf("  %-22s %s\n", "--json", "print JSON with a schema_version");
}

static int
run_help(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *name = request_argument(request, 0);
	const struct command *command = name ? command_find(name) : NULL;

	(void)machine;
	if (name && !command) {
		run_fail(run, "no command '%s'; see: cuenv help", name);
		return 2;
	}
	if (command)
		print_command(run, command);
	else
		print_overview(run);
	return 0;
}

const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "what the commands do",
	.max_arguments = 1,
	.run = run_help,
};
