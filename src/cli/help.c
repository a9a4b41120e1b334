/* cuenv help [COMMAND]: made from the rows of commands.def, and so is the manual's list of commands. */

#include "base/str.h"
#include "cli/command.h"
#include "cli/globals.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/table.h"

#define RIGHT 24	/* where explanations begin, if what they explain is not longer */

static void
print_pair(struct run *run, const char *left, const char *right)
{
	const char *lines = filled(run, right, RIGHT + 2);

	if (text_width(left) > RIGHT - 2)
		out("  %s\n", left);
	else
		out("  %-*s", RIGHT, left);
	out_lines(text_width(left) > RIGHT - 2 ? lines : lines + RIGHT + 2);
	out("\n");
}

static void
print_choices(struct run *run, const struct choice *choices)
{
	for (const struct choice *c = choices; c && c->name; c++)
		print_pair(run, c->value ? str_format(&run->arena, "--%s %s", c->name, c->value)
					 : str_format(&run->arena, "--%s", c->name),
			   c->help);
}

static void
print_overview(struct run *run)
{
	out("cuenv %s: finds CUDA toolkits, and proves that they build what torch loads\n\n"
	       "usage: cuenv [--root DIR] [--env NAME=VALUE] COMMAND [OPTION…] [ARGUMENT…]\n\n", CUENV_VERSION);
	for (int i = 0; i < command_count; i++)
		if (!commands[i]->hidden)
			print_pair(run, str_format(&run->arena, "%s %s", commands[i]->name, commands[i]->arguments),
				   commands[i]->summary);
	out("\n");
	print_choices(run, global_choices);
	print_pair(run, "--version", "print the version of cuenv");
	out("\nMore about one: cuenv help COMMAND\n");
}

static void
print_command(struct run *run, const struct command *command)
{
	out("usage: cuenv %s%s%s%s\n%s\n", command->name, *command->arguments ? " " : "", command->arguments,
	       command->choices && !command->takes_program ? " [OPTION…]" : "", command->summary);
	if (command->alias)
		out("also: cuenv %s\n", command->alias);
	if (command->details)
		out_lines(str_format(&run->arena, "\n%s\n", filled(run, command->details, 0)));
	out("\n");
	print_choices(run, command->choices);
	if (command->json)
		print_pair(run, "--json", json_choice.help);
}

/* The manual's section COMMANDS in scdoc's language, where '_' and '*' and the like must be escaped. */
static const char *
escaped(struct run *run, const char *text)
{
	const char *result = "";

	for (; *text; text++)
		result = str_format(&run->arena, *text == '_' || *text == '*' || *text == '\\' ? "%s\\%c" : "%s%c",
				    result, *text);
	return result;
}

static void
print_manual_choice(struct run *run, const struct choice *c)
{
	out("\t*--%s*%s%s\n\t\t%s\n\n", c->name, c->value ? " " : "", c->value ? escaped(run, c->value) : "",
	       escaped(run, c->help));
}

static void
print_manual(struct run *run)
{
	for (int i = 0; i < command_count; i++) {
		const struct command *command = commands[i];

		if (command->hidden)
			continue;
		out("*cuenv %s*%s%s\n", command->name, *command->arguments ? " " : "",
		       escaped(run, command->arguments));
		if (command->alias)
			out("\t(or *cuenv %s*)\n", command->alias);
		out("\t%s.\n\n", escaped(run, command->summary));
		if (command->details) {
			struct strings lines = str_split(&run->arena, command->details, '\n');

			for (size_t at = 0; at < lines.n; at++)
				out(lines.item[at][0] ? "\t%s\n" : "%s\n", escaped(run, lines.item[at]));
			out("\n");
		}
		for (const struct choice *c = command->choices; c && c->name; c++)
			print_manual_choice(run, c);
		if (command->json)
			print_manual_choice(run, &json_choice);
	}
}

static bool
print_json(struct run *run)
{
	struct cJSON *document = show_document(run, 0), *array;

	if (!document)
		return false;
	json_put_text(run, document, "version", CUENV_VERSION);
	array = json_put_array(document, "commands");
	for (int i = 0; i < command_count; i++) {
		struct cJSON *command, *options;

		if (commands[i]->hidden)
			continue;
		command = json_put_object(array, NULL);
		json_put_text(run, command, "name", commands[i]->name);
		json_put_text(run, command, "alias", commands[i]->alias);
		json_put_text(run, command, "arguments", commands[i]->arguments);
		json_put_text(run, command, "summary", commands[i]->summary);
		options = json_put_array(command, "options");
		for (const struct choice *c = commands[i]->choices; c && c->name; c++)
			json_put_text(run, options, NULL, c->name);
		if (commands[i]->json)
			json_put_text(run, options, NULL, json_choice.name);
	}
	out_json(json_print(document));
	return true;
}

static int
run_help(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *name = request_argument(request, 0);
	const struct command *command = name ? command_find(name) : NULL;

	(void)machine;
	if (name && !command) {
		run_fail(run, "no command '%s'; see: cuenv help", clipped(&run->arena, name));
		return 2;
	}
	if (request->json)
		return print_json(run) ? 0 : 2;
	if (request_has(request, "manual"))
		print_manual(run);
	else if (command)
		print_command(run, command);
	else
		print_overview(run);
	return 0;
}

static const struct choice choices[] = {
	{ "manual", NULL, "print all of it as the manual page's source does (scdoc)" },
	{ 0 },
};

const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "what the commands do",
	.max_arguments = 1,
	.quick = true,
	.choices = choices,
	.json = true,
	.run = run_help,
};
