/*
 * For loader.test: the files that load/ says a process gets, a path in each line.
 * probe_loader PROGRAM [FILE…]: the program, then each FILE as dlopen has it; probe_loader --torch PYTHON: import torch.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "load/loader.h"
#include "machine.h"

extern char **environ;

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ };
	struct machine machine = { 0 };
	struct loader loader;
	char cwd[4096];
	bool torch = argc == 3 && strcmp(argv[1], "--torch") == 0;

	run.cwd = getcwd(cwd, sizeof(cwd));
	loader = loader_begin(&run);
	if (torch) {
		run.python = argv[2];
		if (!machine_survey(&run, NEED_TORCH, NULL, &machine) || !machine.torch)
			return 2;
		loader_import_torch(&run, &loader, machine.python, machine.torch);
	}
	for (int i = 1; !torch && i < argc; i++)
		loader_open(&run, &loader, argv[i]);
	for (size_t i = 0; i < loader.n; i++)
		puts(loader.item[i].path);
	for (size_t i = 0; i < loader.absent.n; i++)
		printf("absent %s\n", loader.absent.item[i].soname);
	return 0;
}
