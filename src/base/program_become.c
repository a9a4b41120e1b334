/* Becoming another program, as env(1) does: found on the new PATH, a text without "#!" given to sh. */
#define _GNU_SOURCE
#include "base/program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int
program_become(struct run *run, const struct strings *argv, char *const *envp)
{
	struct strings words = { 0 };
	int why;

	if (run->root[0]) {
		run_fail(run, "--root: a program of another machine cannot be run");
		return 125;
	}
	for (size_t i = 0; i < argv->n; i++)
		strings_add(&run->arena, &words, argv->item[i]);
	strings_add(&run->arena, &words, NULL);
	environ = (char **)envp;
	execvp(words.item[0], (char *const *)words.item);
	why = errno;
	run_fail(run, "%s: %s", words.item[0], strerror(why));
	return why == ENOENT ? 127 : 126;
}
