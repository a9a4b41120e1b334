/*
 * cuenv: options → run → survey → command → exit code.
 *
 * main reads the options that come before the verb, surveys just the parts of the machine that the verb's row asks for,
 * calls it, and prints run->error once. Exit codes answer: 0 yes or done, 1 no or problems found, 2 usage or could not tell.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/run.h"
#include "base/str.h"
#include "cli/command.h"
#include "machine.h"

extern char **environ;

static const char *
current_directory(struct run *run)
{
	char buffer[PATH_MAX];

	return getcwd(buffer, sizeof(buffer)) ? str_copy(&run->arena, buffer, strlen(buffer)) : "/";
}

/* Another root is another machine: it has its own environment, of which we know only what --env tells. */
static bool
enter_root(struct run *run, const char *directory)
{
	char *real = realpath(directory, NULL);

	if (!real)
		return run_fail(run, "--root %s: no such directory", directory);
	run->root = strcmp(real, "/") == 0 ? "" : real;
	if (run->root[0]) {
		static char *plain[] = { "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL };

		run->environ = plain;
		run->cwd = "/";
	}
	return true;
}

/* --env NAME=VALUE: a variable of the world; later ones win. */
static bool
set_variable(struct run *run, const char *assignment)
{
	struct strings list = { 0 };

	if (!strchr(assignment, '=') || assignment[0] == '=')
		return run_fail(run, "--env %s: write NAME=VALUE", assignment);
	strings_add(&run->arena, &list, assignment);
	for (char *const *at = run->environ; *at; at++)
		strings_add(&run->arena, &list, *at);
	strings_add(&run->arena, &list, NULL);
	run->environ = (char *const *)list.item;
	return true;
}

/* The options before the verb; moves at to the verb. */
static bool
read_globals(struct run *run, int argc, char **argv, int *at)
{
	for (; *at < argc && argv[*at][0] == '-' && argv[*at][1] == '-'; ++*at) {
		const char *word = argv[*at], *value = strchr(word, '=');

		if (strcmp(word, "--help") == 0 || strcmp(word, "--version") == 0)
			return true;
		if (str_starts(word, "--root") || str_starts(word, "--env")) {
			bool root = str_starts(word, "--root");

			if (word[root ? 6 : 5] != '=')
				value = ++*at < argc ? argv[*at] : NULL;
			else
				value++;
			if (!value)
				return run_fail(run, "%s needs a value", word);
			if (!(root ? enter_root(run, value) : set_variable(run, value)))
				return false;
			continue;
		}
		return run_fail(run, "unknown option %s; see: cuenv --help", word);
	}
	return true;
}

static const struct command *
verb(struct run *run, int argc, char **argv, int at)
{
	const struct command *command;
	const char *name = at < argc ? argv[at] : "help";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0) {
		puts("cuenv " CUENV_VERSION);
		exit(fflush(stdout) == 0 ? 0 : 2);
	}
	command = command_find(name);
	if (!command)
		run_fail(run, "no command '%s'; see: cuenv help", name);
	return command;
}

static int
perform(struct run *run, int argc, char **argv)
{
	struct machine machine = { 0 };
	struct request request = { 0 };
	const struct command *command;
	int at = 1;

	if (!read_globals(run, argc, argv, &at))
		return 2;
	command = verb(run, argc, argv, at);
	if (!command || !request_parse(run, command, argc - at, argv + at, &request))
		return 2;
	run->tracing = request_has(&request, "why");
	if (!machine_survey(run, request.needs, request.wanted, &machine))
		return 2;
	return request.command->run(run, &machine, &request);
}

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ };
	int code;

	run.cwd = current_directory(&run);
	code = perform(&run, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		run_fail(&run, "cannot write to standard output");
		code = 2;
	}
	if (run.error) {
		fprintf(stderr, "cuenv: %s\n", run.error);
		return code ? code : 2;
	}
	return code;
}
