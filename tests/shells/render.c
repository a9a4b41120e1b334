/* render FORMAT ROOT: the text that makes ROOT active, in a toolkit of NVIDIA's layout; ROOT "-": the text that leaves. */
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "emit/emit.h"

extern char **environ;

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ, .cwd = "/" };
	struct toolkit toolkit = { .root = argc > 2 ? argv[2] : "-" };
	const struct emitter *emitter = argc > 2 ? emitter_find(argv[1]) : NULL;
	const struct extras extras = { .runtime = true };
	const struct toolkit *wanted = strcmp(toolkit.root, "-") == 0 ? NULL : &toolkit;
	struct changes changes;
	const char *text;

	if (!emitter)
		return 2;
	toolkit.nvcc = path_join(&run.arena, toolkit.root, "bin/nvcc");
	strings_add(&run.arena, &toolkit.lib_dirs, path_join(&run.arena, toolkit.root, "lib64"));
	changes = emitter->plain ? activation_plain(&run, wanted, &extras) : activation_changes(&run, wanted, &extras);
	if (run.error || !emitter->render(&run, &changes, &text)) {
		fprintf(stderr, "%s\n", run.error);
		return 1;
	}
	fputs(text, stdout);
	return 0;
}
