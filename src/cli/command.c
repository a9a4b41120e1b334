#define _GNU_SOURCE
#include "cli/command.h"

#include <getopt.h>
#include <string.h>

#include "base/str.h"

#define COMMAND(id) extern const struct command command_##id;
#include "cli/commands.def"
#include "cli/print.h"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(id) &command_##id,
#include "cli/commands.def"
#undef COMMAND
};
const int command_count = (int)(sizeof(commands) / sizeof(commands[0]));

#define CHOICES 24	/* most options that one verb has, --json and --help included */
#define FIRST 256	/* getopt's codes for long options stand behind the characters */

const struct choice python_choices[] = {
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command *
command_find(const char *name)
{
	for (int i = 0; i < command_count; i++)
		if (str_same(commands[i]->name, name) || str_same(commands[i]->alias, name))
			return commands[i];
	return NULL;
}

int
command_failure(const struct command *command)
{
	return command->failure ? command->failure : 2;
}

static int
option_table(const struct command *command, struct option *table)
{
	int n = 0;

	for (const struct choice *c = command->choices; c && c->name && n < CHOICES - 2; c++, n++)
		table[n] = (struct option){ c->name, c->value ? required_argument : no_argument, NULL, FIRST + n };
	table[n] = (struct option){ "json", no_argument, NULL, FIRST + n };
	n++;
	table[n] = (struct option){ "help", no_argument, NULL, FIRST + n };
	return n + 1;
}

/* The one option with a short name of its own, of verbs that write files: -o DIR is --output DIR. */
static bool
has_output(const struct command *command)
{
	for (const struct choice *c = command->choices; c && c->name; c++)
		if (strcmp(c->name, "output") == 0)
			return true;
	return false;
}

static void
give(struct run *run, struct request *request, const char *name, const char *value)
{
	strings_add(&run->arena, &request->given, name);
	strings_add(&run->arena, &request->values, value ? value : "");
}

/* Names the word that is wrong: within "-ab" getopt has not moved on yet, so a letter is named by itself. */
static bool
refuse(struct run *run, const char *verb, int c, const char *word)
{
	if (c == ':')
		return run_fail(run, "%s: %s needs a value; see: cuenv help %s", verb, word, verb);
	if (optopt > 0 && optopt < FIRST)
		return run_fail(run, "%s: unknown option -%c; see: cuenv help %s", verb, optopt, verb);
	if (optopt >= FIRST)
		return run_fail(run, "%s: %s: that option takes no value; see: cuenv help %s", verb, word, verb);
	return run_fail(run, "%s: unknown option %s; see: cuenv help %s", verb, word, verb);
}

/* Options from optind on, up to "--"; with flags "+:h" up to the first word that is none. */
static bool
read_options(struct run *run, int argc, char **argv, const char *flags, struct request *request)
{
	struct option table[CHOICES + 1] = { 0 };
	int c;

	option_table(request->command, table);
	while ((c = getopt_long(argc, argv, flags, table, NULL)) != -1) {
		if (c == ':' || c == '?')
			return refuse(run, request->command->name, c, clipped(&run->arena, argv[optind - 1]));
		give(run, request, c == 'h' ? "help" : c == 'o' ? "output" : table[c - FIRST].name, optarg);
	}
	return true;
}

/*
 * [SPEC] [options] -- CMD…, where SPEC and options may change places. Without "--", CMD is the first word that is neither;
 * options behind it are its own, a later "--" too. A word right before "--" is a SPEC, if a bad one.
 */
static bool
read_program(struct run *run, int argc, char **argv, struct request *request)
{
	struct strings before = { 0 };
	struct spec spec;
	int end = 1;

	while (end < argc && strcmp(argv[end], "--") != 0)
		end++;
	for (optind = 0; optind < end; optind++) {
		if (!read_options(run, end, argv, "+:h", request))
			return false;
		if (optind >= end)
			break;
		if ((end == argc || optind + 1 < end) && (before.n || !spec_parse(argv[optind], &spec))) {
			end = optind - 1;
			break;
		}
		strings_add(&run->arena, &before, argv[optind]);
	}
	request->arguments = before;
	for (int at = end + 1; at < argc; at++)
		strings_add(&run->arena, &request->program, argv[at]);
	return true;
}

static bool
read_words(struct run *run, int argc, char **argv, struct request *request)
{
	optind = 0;
	opterr = 0;
	if (request->command->takes_program)
		return read_program(run, argc, argv, request);
	if (!read_options(run, argc, argv, has_output(request->command) ? ":ho:" : ":h", request))
		return false;
	for (; optind < argc; optind++)
		strings_add(&run->arena, &request->arguments, argv[optind]);
	return true;
}

/* cuenv VERB --help is cuenv help VERB. */
static void
turn_to_help(struct run *run, struct request *request)
{
	const char *name = request->command->name;

	*request = (struct request){ .command = command_find("help") };
	strings_add(&run->arena, &request->arguments, name);
}

/* Only the torch spec costs a look at torch, and a plain version spares a look into toolkits of other versions. */
static bool
read_spec(struct run *run, struct request *request)
{
	int at = request->command->spec;
	const char *given = at ? request_argument(request, at - 1) : NULL;
	struct chosen chosen = { given, NULL };
	struct spec *spec;
	bool whole;

	request->needs = request->command->needs;
	if (request->json || request_has(request, "why"))
		request->needs |= NEED_DETAILS;
	if (request_has(request, "build") || request_has(request, "compiler"))
		request->needs |= NEED_TORCH | NEED_COMPILERS | NEED_DETAILS | NEED_GPUS;
	if (request_has(request, "as")) {
		request->needs |= NEED_TORCH;
		return true;
	}
	if (!at)
		return true;
	if (request->command->choose) {
		if (!request->command->choose(run, request, &chosen))
			return false;
	} else if (!given && !choice_make(run, &chosen)) {
		return false;
	}
	if (!chosen.spec) {
		request->needs = 0;
		return true;
	}
	spec = arena_alloc(&run->arena, sizeof(*spec));
	if (!spec_parse(chosen.spec, spec))
		return run_fail(run, "'%s' is no version; write 11, 11.8, 11.8.89, '>=11.7,<12', torch or system",
				clipped(&run->arena, chosen.spec));
	request->spec = chosen.spec;
	request->origin = chosen.origin;
	if (spec->kind == SPEC_TORCH)
		request->needs |= NEED_TORCH;
	/* The short survey leaves out what JSON and a bound on compilers need, and the other toolkits, which a build must not meet. */
	whole = request->json || request_has(request, "build") || request_has(request, "compiler") ||
		(request->command->needs & NEED_DETAILS);
	request->wanted = whole ? NULL : spec;
	return true;
}

bool
request_parse(struct run *run, const struct command *command, int argc, char **argv, struct request *out)
{
	struct request request = { .command = command };
	bool few;
	int n;

	if (!read_words(run, argc, argv, &request))
		return false;
	request.json = request_has(&request, "json");
	if (request_has(&request, "help") && request_has(&request, "for"))
		return run_fail(run, "see: cuenv help %s", command->name);	/* a shell would take it for code */
	if (request_has(&request, "help"))
		turn_to_help(run, &request);
	n = (int)request.arguments.n;
	few = n < request.command->min_arguments || (request.command->takes_program && !request.program.n);
	if (few || n > request.command->max_arguments)
		return run_fail(run, "%s: %s; usage: cuenv %s%s%s", command->name, few ? "a word is missing" : "too many words",
				command->name, *command->arguments ? " " : "", command->arguments);
	if (!read_spec(run, &request))
		return false;
	run->python = request_value(&request, "python");
	if (!run->python)
		run->python = request_value(&request, "torch");
	run->libclang = request_value(&request, "libclang");
	*out = request;
	return true;
}

bool
request_unmet(struct run *run, const struct request *request, const char *why)
{
	return run_fail(run, request->origin ? "%s (asked for by %s)" : "%s", why, request->origin);
}

bool
request_has(const struct request *request, const char *name)
{
	return strings_has(&request->given, name);
}

const char *
request_value(const struct request *request, const char *name)
{
	for (size_t i = request->given.n; i-- > 0;)
		if (str_same(request->given.item[i], name))
			return request->values.item[i];
	return NULL;
}

const char *
request_argument(const struct request *request, int index)
{
	return (size_t)index < request->arguments.n ? request->arguments.item[index] : NULL;
}
