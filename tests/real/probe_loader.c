/*
 * For loader.test: the files that load/ says a process gets, a path in each line.
 * probe_loader PROGRAM [FILE…]: the program, then each FILE as dlopen has it; probe_loader --torch PYTHON: import torch;
 * probe_loader --cache FILE SIZE NAME…: what the first SIZE bytes of a cache (0: all) have for each name, "-" for nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/world.h"
#include "load/loader.h"
#include "machine.h"

extern char **environ;

static int
ask_cache(struct run *run, int argc, char **argv)
{
	struct loader loader = loader_begin(run);
	size_t size = (size_t)atol(argv[3]);

	run->cwd = "/";
	if (!loader_open(run, &loader, "/bin/sh") || !world_read(run, argv[2], 16 << 20, &loader.cache))
		return 2;
	if (size && size < loader.cache.size)
		loader.cache = (struct blob){ (char *)str_copy(&run->arena, loader.cache.data, size), size };
	for (int i = 4; i < argc; i++)
		puts(loader_cached(run, &loader, argv[i]) ? loader_cached(run, &loader, argv[i]) : "-");
	return 0;
}

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ };
	struct machine machine = { 0 };
	struct loader loader;
	char cwd[4096];
	bool torch = argc == 3 && strcmp(argv[1], "--torch") == 0;

	if (argc > 4 && strcmp(argv[1], "--cache") == 0)
		return ask_cache(&run, argc, argv);
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
