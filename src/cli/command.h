/* command.h: a verb is one exported row. Help, completion and manual come from the rows; main.c surveys what needs says. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/run.h"
#include "base/spec.h"
#include "cuenv.h"
#include "select/choice.h"
#include "select/select.h"

/* An option of a verb; value NULL: a switch. Where it is given, the rest is added to what its verb's row says. */
struct choice {
	const char *name, *value, *help;
	unsigned needs;		/* enum need */
	bool full;		/* the static program cannot do it */
	bool traces;		/* prints what was passed over */
	bool no_spec;		/* the toolkit is found in another way: no SPEC is read, and none is chosen */
	bool code;		/* a shell evaluates what is printed, so no help is printed */
};

/* The words of one command line, checked against its row. */
struct request {
	const struct command *command;
	struct strings arguments;
	struct strings program;	/* the command line to run, of a row with takes_program */
	struct strings given;	/* names of the options given … */
	struct strings values;	/* … and their values, "" for a switch */
	bool json;
	unsigned needs;			/* the row's, and the torch when the SPEC is "torch" */
	const char *spec;		/* of a row with a SPEC: what was given, else what is chosen here; see select/choice.h */
	const char *origin;		/* who chose it: a variable or a file; NULL: the command line, or nobody */
	const struct spec *parsed;	/* the same, parsed; NULL where spec is NULL */
	const struct spec *wanted;	/* parsed, where the survey may leave out all that it does not admit; else NULL */
	bool full, traces, no_spec, code;	/* the row's, or an option's that was given */
};

struct command {
	const char *name, *alias;	/* alias may be NULL */
	const char *arguments;		/* "[SPEC]", "" */
	const char *summary;		/* one line */
	const char *details;		/* paragraphs for --help and the manual, or NULL */
	unsigned needs;			/* enum need */
	bool quick;			/* reads no JSON: the static program does it, as fast as an empty one */
	int min_arguments, max_arguments;
	int spec;			/* which argument is a SPEC, counted from 1; 0: none */
	bool specs;			/* every argument is a SPEC that the verb selects by itself */
	/* Changes the SPEC given (or NULL) to the one meant; spec NULL: nothing is surveyed. NULL: select/choice.h's way. */
	bool (*choose)(struct run *run, const struct request *request, struct chosen *chosen);
	bool takes_program;		/* [SPEC] [options] -- CMD…: what stands behind CMD is CMD's */
	int failure;			/* exit code when cuenv could not do its work; 0: 2, as usual */
	bool json;			/* knows --json */
	bool hidden;			/* for shells, not people: in no list of commands */
	bool traces;			/* prints what was passed over, also without --why */
	const struct choice *choices;	/* ends with a zero row; NULL: none */
	/* Prints; returns the exit code: 0 yes or done, 1 no or problems found, 2 could not tell (run->error is printed by main). */
	int (*run)(struct run *run, const struct machine *machine, const struct request *request);
};

/* The option of verbs that take a SPEC. */
#define EXACT_CHOICE { "exact", NULL, "with SPEC torch: a toolkit of torch's own minor version, or none" }

/* Choices of the verbs that only want --python, and of those that take a SPEC besides. */
extern const struct choice python_choices[], spec_choices[];

/* The one that rows with .json have besides their own. */
extern const struct choice json_choice;

extern const struct command *const commands[];
extern const int command_count;

/* The row called name, by name or alias, or NULL. */
const struct command *command_find(const char *name);

/* The exit code of a verb when cuenv could not do its work. */
int command_failure(const struct command *command);

/* Reads the words behind the verb; false with run->error. --help is known to every verb. */
bool request_parse(struct run *run, const struct command *command, int argc, char **argv, struct request *out);

/*
 * Whether these words ask for JSON, as far as can be told without reading them: also where the verb or another option is
 * unknown. NULL: no known verb. A verb that runs a program leaves the word to the program.
 */
bool request_asks_json(const struct command *command, int argc, char **argv);

/* That no toolkit is the one asked for: why, and who asked. Always false, as run_fail. */
bool request_unmet(struct run *run, const struct request *request, const char *why);

/* What select_toolkit answers to the request's SPEC, and its --exact. */
struct selection request_select(struct run *run, const struct machine *machine, const struct request *request);

/* The toolkit that the request's SPEC asks for; says on stderr where it is of another minor than torch's. NULL with run->error. */
const struct toolkit *request_toolkit(struct run *run, const struct machine *machine, const struct request *request);

/* The same for a SPEC that is an option's value. */
const struct toolkit *request_toolkit_of(struct run *run, const struct machine *machine, const char *spec);

bool request_has(const struct request *request, const char *name);
const char *request_value(const struct request *request, const char *name);	/* NULL when not given */
const char *request_argument(const struct request *request, int index);	/* NULL when not given */

#endif
