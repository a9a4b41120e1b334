#define _GNU_SOURCE
#include "cli/command.h"

#include <getopt.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "cli/print.h"

#define COMMAND(id) extern const struct command command_##id;
#include "cli/commands.def"
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

const struct choice spec_choices[] = {
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	EXACT_CHOICE,
	{ 0 },
};

const struct choice json_choice = {
	"json", NULL, "print JSON with a schema_version", .needs = NEED_DETAILS, .full = true,
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

static void
option_table(const struct command *command, struct option *table)
{
	int n = 0;

	for (const struct choice *c = command->choices; c && c->name && n < CHOICES - 2; c++, n++)
		table[n] = (struct option){ c->name, c->value ? required_argument : no_argument, NULL, FIRST + n };
	if (command->json) {
		table[n] = (struct option){ json_choice.name, no_argument, NULL, FIRST + n };
		n++;
	}
	table[n] = (struct option){ "help", no_argument, NULL, FIRST + n };
}

static const struct choice *
find_choice(const struct command *command, const char *name)
{
	for (const struct choice *c = command->choices; c && c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return command->json && strcmp(json_choice.name, name) == 0 ? &json_choice : NULL;
}

static void
give(struct run *run, struct request *request, const char *name, const char *value)
{
	strings_add(&run->arena, &request->given, name);
	strings_add(&run->arena, &request->values, value ? value : "");
}

/* --json of a verb that has none: which ones have it. */
static bool
refuse_json(struct run *run, const char *verb)
{
	struct strings names = { 0 };

	for (int i = 0; i < command_count; i++)
		if (commands[i]->json)
			strings_add(&run->arena, &names, commands[i]->name);
	return run_fail(run, "%s: unknown option --json, which is for: %s", verb, strings_join(&run->arena, &names, ", "));
}

/* Names the word that is wrong: within "-ab" getopt has not moved on yet, so a letter is named by itself. */
static bool
refuse(struct run *run, const char *verb, int c, const char *word)
{
	if (c == '?' && optopt == 0 && strcmp(word, "--json") == 0)
		return refuse_json(run, verb);
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
 * [SPEC] [options] -- CMD…, where SPEC and options may change places. Without "--", CMD is the first word that is neither,
 * and a path is CMD; options behind it are its own, a later "--" too. A word right before "--" is a SPEC, if a bad one.
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
		if ((end == argc || optind + 1 < end) &&
		    (before.n || !spec_parse(argv[optind], &spec) || (end == argc && spec.kind == SPEC_PATH))) {
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
	/* The one option with a short name, of verbs that write files: -o DIR is --output DIR. */
	if (!read_options(run, argc, argv, find_choice(request->command, "output") ? ":ho:" : ":h", request))
		return false;
	for (; optind < argc; optind++)
		strings_add(&run->arena, &request->arguments, argv[optind]);
	return true;
}

/* What the verb's row and those of the options given say together. */
static void
add_up(struct request *request)
{
	const struct command *command = request->command;

	request->needs = command->needs;
	request->full = !command->quick;
	request->traces = command->traces;
	request->no_spec = !command->spec;
	for (size_t i = 0; i < request->given.n; i++) {
		const struct choice *c = find_choice(command, request->given.item[i]);

		if (!c)
			continue;
		request->needs |= c->needs;
		request->full = request->full || c->full;
		request->traces = request->traces || c->traces;
		request->no_spec = request->no_spec || c->no_spec;
		request->code = request->code || c->code;
	}
}

/* cuenv VERB --help is cuenv help VERB. */
static void
turn_to_help(struct run *run, struct request *request)
{
	const char *name = request->command->name;

	*request = (struct request){ .command = command_find("help"), .json = request->json };
	strings_add(&run->arena, &request->arguments, name);
	add_up(request);
}

/* A SPEC that is a path is looked at besides what the sources find. */
static void
name_path(struct run *run, const char *text)
{
	struct spec spec;

	if (text && spec_parse(text, &spec) && spec.kind == SPEC_PATH)
		strings_add_once(&run->arena, &run->named, text);
}

/* Only the torch spec costs a look at torch, and a plain version spares a look into toolkits of other versions. */
static bool
read_spec(struct run *run, struct request *request)
{
	int at = request->command->spec;
	const char *given = at ? request_argument(request, at - 1) : NULL;
	struct chosen chosen = { given, NULL };
	struct spec *spec;

	if (request->no_spec)
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
		return run_fail(run, "'%s' is no version; " SPEC_GRAMMAR, clipped(&run->arena, chosen.spec));
	if (spec->kind == SPEC_PATH)
		chosen.spec = path_clean(&run->arena, run->cwd, chosen.spec);
	name_path(run, chosen.spec);
	request->spec = chosen.spec;
	request->origin = chosen.origin;
	request->parsed = spec;
	if (spec->kind == SPEC_TORCH)
		request->needs |= NEED_TORCH;
	/* The short survey leaves out the details, and the other toolkits, which a build must not meet. */
	request->wanted = request->needs & NEED_DETAILS ? NULL : spec;
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
	request.json = request_has(&request, json_choice.name);
	add_up(&request);
	if (request_has(&request, "help") && request.code)
		return run_fail(run, "see: cuenv help %s", command->name);
	if (request_has(&request, "help"))
		turn_to_help(run, &request);
	n = (int)request.arguments.n;
	few = n < request.command->min_arguments || (request.command->takes_program && !request.program.n);
	if (few || n > request.command->max_arguments)
		return run_fail(run, "%s: %s; usage: cuenv %s%s%s", command->name, few ? "a word is missing" : "too many words",
				command->name, *command->arguments ? " " : "", command->arguments);
	if (!read_spec(run, &request))
		return false;
	for (size_t i = 0; command->specs && i < request.arguments.n; i++)
		name_path(run, request.arguments.item[i]);
	name_path(run, request_value(&request, "toolkit"));
	name_path(run, run_env(run, "CUENV_VERSION"));
	run->python = request_value(&request, "python");
	if (!run->python)
		run->python = request_value(&request, "torch");
	run->libclang = request_value(&request, "libclang");
	*out = request;
	return true;
}

bool
request_asks_json(const struct command *command, int argc, char **argv)
{
	if (command && command->takes_program)
		return false;
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0 || str_starts(argv[i], "--json="))
			return true;
	return false;
}

bool
request_unmet(struct run *run, const struct request *request, const char *why)
{
	return run_fail(run, request->origin ? "%s (asked for by %s)" : "%s", why, request->origin);
}

struct selection
request_select(struct run *run, const struct machine *machine, const struct request *request)
{
	return select_toolkit(&run->arena, machine, request->spec, request_has(request, "exact"));
}

static const struct toolkit *
taken(const struct selection *selection)
{
	if (selection->note)
		err("cuenv: %s\n", selection->note);
	return selection->toolkit;
}

const struct toolkit *
request_toolkit(struct run *run, const struct machine *machine, const struct request *request)
{
	struct selection selection = request_select(run, machine, request);

	if (!selection.toolkit)
		request_unmet(run, request, selection.why);
	return taken(&selection);
}

const struct toolkit *
request_toolkit_of(struct run *run, const struct machine *machine, const char *spec)
{
	struct selection selection = select_toolkit(&run->arena, machine, spec, false);

	if (!selection.toolkit)
		run_fail(run, "%s", selection.why);
	return taken(&selection);
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
