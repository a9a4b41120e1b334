/*
 * What know/acquire.c says of one thing on this machine, for tests/real/remedies.test: probe_acquire THING [WORD]. The Python
 * is the one at hand. Prints the command, or "words: " and what is said in its place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "know/acquire.h"
#include "machine.h"

extern char **environ;

static struct acquired
ask(struct run *run, const struct machine *machine, const char *thing, const char *word)
{
	struct version version = { 0 };

	if (word)
		version_parse(word, &version, NULL);
	if (!strcmp(thing, "compiler"))
		return acquire_compiler(run, machine, word ? atoi(word) : 0);
	if (!strcmp(thing, "headers"))
		return acquire_headers(run, machine->python);
	if (!strcmp(thing, "libclang"))
		return acquire_libclang(run);
	if (!strcmp(thing, "driver"))
		return acquire_driver(run, NULL);
	if (!strcmp(thing, "toolkit"))
		return acquire_toolkit(run, machine, word ? &version : NULL);
	if (!strcmp(thing, "packages"))
		return acquire_packages(run, machine->python, machine->torch, word);
	return (struct acquired){ 0 };
}

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ, .cwd = "/" };
	struct machine machine = { 0 };
	struct acquired acquired;

	if (argc < 2 || !machine_survey(&run, NEED_TOOLKITS | NEED_TORCH, NULL, &machine))
		return 2;
	acquired = ask(&run, &machine, argv[1], argc > 2 ? argv[2] : NULL);
	printf("%s%s\n", acquired.command ? "" : "words: ", acquired_text(acquired) ? acquired_text(acquired) : "nothing");
	return acquired.command ? 0 : 1;
}
