/* The rows of the verbs and their options, and the words that they take, for run.py: a new one is tried without anyone's doing. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/globals.h"
#include "cli/shells.h"
#include "consumers/consumers.h"
#include "emit/emit.h"
#include "emit/generator.h"

static void
print_options(const char *verb, const struct choice *choices)
{
	for (const struct choice *c = choices; c && c->name; c++)
		printf("option\t%s\t%s\t%s\n", verb, c->name, c->value ? c->value : "");
}

static void
print_verb(const struct command *c)
{
	printf("verb\t%s\t%s\t%d\t%d\t%d\n", c->name, c->arguments, c->takes_program, c->json, command_failure(c));
	print_options(c->name, c->choices);
	printf("word\tCOMMAND\t%s\n", c->name);
}

int
main(void)
{
	for (int i = 0; i < command_count; i++)
		print_verb(commands[i]);
	for (int i = 0; i < generator_count; i++)
		printf("word\tKIND\t%s\n", generators[i]->name);
	for (int i = 0; i < emitter_count; i++)
		printf("word\tFORMAT\t%s\n", emitters[i]->name);
	for (int i = 0; shell_at(i); i++)
		printf("word\tSHELL\t%s\n", shell_at(i)->name);
	for (size_t i = 0; i < consumer_count; i++)
		printf("word\tWHO\t%s\n", consumers[i].name);
	return 0;
}
