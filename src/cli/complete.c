/*
 * cuenv complete -- WORD…: what the last of these words, typed behind cuenv, may become; a line for each, with a tab and what
 * it is. Shells ask for it (wrappers/complete.*). All comes from the rows: verbs, options, and for their arguments and values
 * the names that the rows write for people, SPEC or SHELL. Where a file is meant nothing is said, and the shell completes it.
 */
#include <string.h>

#include "base/str.h"
#include "cli/command.h"
#include "cli/globals.h"
#include "cli/print.h"
#include "cli/shells.h"
#include "emit/emit.h"
#include "machine.h"

/* One that begins with what was typed of it. */
static void
offer(const char *typed, const char *word, const char *what)
{
	if (!str_starts(word, typed))
		return;
	out("%s", word);
	if (what)
		out("\t%s", what);
	out("\n");
}

static void
offer_options(struct run *run, const char *typed, const struct choice *choices)
{
	for (const struct choice *c = choices; c && c->name; c++)
		offer(typed, str_format(&run->arena, "--%s", c->name), c->help);
}

static void
offer_verbs(struct run *run, const char *typed)
{
	(void)run;
	for (int i = 0; i < command_count; i++)
		if (!commands[i]->hidden)
			offer(typed, commands[i]->name, commands[i]->summary);
}

static void
offer_shells(struct run *run, const char *typed)
{
	(void)run;
	for (int i = 0; shell_at(i); i++)
		offer(typed, shell_at(i)->name, NULL);
}

static void
offer_formats(struct run *run, const char *typed)
{
	(void)run;
	for (int i = 0; i < emitter_count; i++)
		offer(typed, emitters[i]->name, emitters[i]->what);
}

/* Installed versions, by the short survey of `cuenv prefix`. */
static void
offer_specs(struct run *run, const char *typed)
{
	struct machine machine = { 0 };
	struct strings seen = { 0 };

	machine_survey(run, NEED_TOOLKITS, NULL, &machine);
	run->error = NULL;
	for (size_t i = 0; i < machine.toolkits.n; i++) {
		const struct toolkit *t = &machine.toolkits.item[i];
		const char *version = version_text(&run->arena, &t->version, 2);

		if (!(t->abilities & CAN_COMPILE) || strings_has(&seen, version))
			continue;
		strings_add(&run->arena, &seen, version);
		offer(typed, version, t->root);
	}
	offer(typed, "torch", "what the torch at hand was built with");
	offer(typed, "system", "what a build started here would take");
}

static const struct { const char *name; void (*offer)(struct run *run, const char *typed); } kinds[] = {
	{ "SPEC", offer_specs }, { "SHELL", offer_shells }, { "COMMAND", offer_verbs }, { "FORMAT", offer_formats },
};

/* What a row calls SPEC, [SPEC] or [SPEC|-]. */
static void
offer_kind(struct run *run, const char *typed, const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strstr(name, kinds[i].name))
			kinds[i].offer(run, typed);
}

static const struct choice *
find_choice(const struct choice *choices, const char *word)
{
	for (const struct choice *c = choices; c && c->name; c++)
		if (str_starts(word, "--") && strcmp(word + 2, c->name) == 0)
			return c;
	return NULL;
}

/* Steps over options and their values; returns the index of the first other word, or the last one, which is being typed. */
static size_t
skip(const struct choice *choices, const struct strings *words, size_t at, const struct choice **valued)
{
	for (*valued = NULL; at + 1 < words->n; at++) {
		const struct choice *c = find_choice(choices, words->item[at]);

		if (words->item[at][0] != '-' || !words->item[at][1])
			break;
		if (c && c->value) {
			*valued = c;
			if (++at + 1 == words->n)
				break;
			*valued = NULL;
		}
	}
	return at;
}

static void
complete_verb(struct run *run, const struct command *command, const struct strings *words, size_t at)
{
	const char *typed = words->item[words->n - 1];
	const struct choice *valued;
	struct strings names = str_split(&run->arena, command->arguments, ' ');

	for (size_t i = 0;; i++, at++) {
		at = skip(command->choices, words, at, &valued);
		if (strcmp(words->item[at - 1], "--") == 0)
			return;
		if (at + 1 < words->n)
			continue;
		if (valued) {
			offer_kind(run, typed, valued->value);
		} else if (typed[0] == '-') {
			offer_options(run, typed, command->choices);
			if (command->json)
				offer(typed, "--json", json_choice.help);
			offer(typed, "--help", "what it does");
		} else if (i < names.n) {
			offer_kind(run, typed, names.item[i]);
		}
		return;
	}
}

static int
run_complete(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct strings *words = &request->arguments;
	const struct choice *valued;
	const struct command *command;
	const char *typed;
	size_t at;

	(void)machine;
	if (!words->n)
		return 0;
	typed = words->item[words->n - 1];
	at = skip(global_choices, words, 0, &valued);
	command = command_find(words->item[at]);
	if (at + 1 < words->n && command) {
		complete_verb(run, command, words, at + 1);
	} else if (at + 1 == words->n && !valued && typed[0] == '-') {
		offer_options(run, typed, global_choices);
		offer(typed, "--version", "print the version of cuenv");
		offer(typed, "--help", "what the commands do");
	} else if (at + 1 == words->n && !valued) {
		offer_verbs(run, typed);
	}
	return 0;
}

const struct command command_complete = {
	.name = "complete",
	.arguments = "-- WORD…",
	.summary = "what the last word may become, for a shell's completion",
	.hidden = true,
	.max_arguments = 1000,
	.quick = true,
	.run = run_complete,
};
