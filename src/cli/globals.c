#define _GNU_SOURCE
#include "cli/globals.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "base/world.h"
#include "cli/print.h"

const struct choice global_choices[] = {
	{ "root", "DIR", "look at the machine whose root is DIR (an image, a chroot)" },
	{ "env", "NAME=VALUE", "set a variable of that machine; may be repeated" },
	{ 0 },
};

/* Another root is another machine: it has its own environment, of which we know only what --env tells. */
static bool
enter_root(struct run *run, const char *directory)
{
	static char *plain[] = { "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL };
	char real[PATH_MAX];
	struct stat st;

	if (!realpath(directory, real) || stat(real, &st) < 0 || !S_ISDIR(st.st_mode))
		return run_fail(run, "--root %s: no such directory", clipped(&run->arena, directory));
	run->root = strcmp(real, "/") == 0 ? "" : str_copy(&run->arena, real, strlen(real));
	if (run->root[0]) {
		run->environ = plain;
		run->cwd = "/";
		if (!world_is_dir(run, "/"))
			return run_fail(run, "--root %s cannot be looked into (%s); it needs Linux 5.6, for openat2",
					clipped(&run->arena, directory), strerror(errno));
	}
	return true;
}

/* They go first, where they hide older ones of the same name; of two with one name the later one. */
static bool
set_variables(struct run *run, const struct strings *given)
{
	struct strings list = { 0 };

	for (size_t i = given->n; i-- > 0;) {
		if (!strchr(given->item[i], '=') || given->item[i][0] == '=')
			return run_fail(run, "--env %s: write NAME=VALUE", clipped(&run->arena, given->item[i]));
		strings_add(&run->arena, &list, given->item[i]);
	}
	for (char *const *at = run->environ; given->n && at && *at; at++)
		strings_add(&run->arena, &list, *at);
	strings_add(&run->arena, &list, NULL);
	if (given->n)
		run->environ = (char *const *)list.item;
	return true;
}

/* The value of option name at argv[*at], as "--name VALUE" or "--name=VALUE"; NULL when it is another word. */
static const char *
value_of(struct run *run, const char *name, int argc, char **argv, int *at)
{
	size_t n = strlen(name);
	const char *word = argv[*at];

	if (strncmp(word, name, n) != 0 || (word[n] && word[n] != '='))
		return NULL;
	if (word[n] == '=')
		return word + n + 1;
	if (*at + 1 < argc)
		return argv[++*at];
	run_fail(run, "%s needs a value; see: cuenv help", name);
	return NULL;
}

int
globals_read(struct run *run, int argc, char **argv)
{
	const char *root = NULL, *value;
	struct strings variables = { 0 };
	int at = 1;

	for (; at < argc && argv[at][0] == '-'; at++) {
		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if ((value = value_of(run, "--root", argc, argv, &at)))
			root = value;
		else if ((value = value_of(run, "--env", argc, argv, &at)))
			strings_add(&run->arena, &variables, value);
		else
			break;
	}
	if (run->error || (root && !enter_root(run, root)) || !set_variables(run, &variables))
		return 0;
	return at;
}
