#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static char folder[] = "/dev/shm/cuenv-fuzz-XXXXXX";

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void
clean(void)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *
fuzz_folder(const char *name, const uint8_t *data, size_t size)
{
	static char path[256];
	FILE *file;

	if (!path[0]) {
		if (!mkdtemp(folder) && !mkdtemp(strcpy(folder, "/tmp/cuenv-fuzz-XXXXXX")))
			abort();
		atexit(clean);
		snprintf(path, sizeof(path), "%s/bin", folder);
		mkdir(path, 0700);
	}
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		abort();
	return folder;
}
