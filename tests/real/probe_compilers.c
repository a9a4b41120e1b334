/* For compilers.test and host_config.test: prints what inspect reads, a line each. */
#include <stdio.h>
#include <string.h>

#include "inspect/inspect.h"

extern char **environ;

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ, .cwd = "/" };
	struct compilers found = { 0 };
	int gcc, clang;

	if (argc > 2 && strcmp(argv[1], "host_config") == 0) {
		inspect_host_config(&run, argv[2], &gcc, &clang);
		printf("%d %d\n", gcc, clang);
		return 0;
	}
	inspect_compilers(&run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct compiler *compiler = &found.item[i];

		if (argc > 2)
			puts(compiler->real);
		else
			printf("%s %s %s\n", compiler->path, compiler->is_clang ? "clang" : "gcc",
			       version_text(&run.arena, &compiler->version, 0));
	}
	return 0;
}
