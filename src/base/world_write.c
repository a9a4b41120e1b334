/* Only ever below the user's own HOME, cache or a folder that he named; under --root no link leads out of it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/leftover.h"
#include "base/path.h"
#include "base/world.h"
#include "base/world_open.h"

/* A folder to create in, made with the folders above it where it is missing; the caller closes. */
static int
open_folder(struct run *run, const char *folder)
{
	int fd = world_open(run, folder, O_PATH | O_DIRECTORY), above;

	if (fd >= 0 || errno != ENOENT || folder[0] != '/' || !folder[1])
		return fd;
	above = open_folder(run, path_parent(&run->arena, folder));
	if (above < 0)
		return -1;
	mkdirat(above, path_name(folder), 0777);
	close(above);
	return world_open(run, folder, O_PATH | O_DIRECTORY);
}

/* A new file to become the wanted one, held; a name that a killed process left is passed over. */
static int
create(struct run *run, int folder, const char **name)
{
	int fd = -1;

	for (int i = 0; i < 100; i++) {
		*name = str_format(&run->arena, "%s%ld-%d", leftover_name(run, LEFTOVER_FILE), (long)getpid(), i);
		fd = openat(folder, *name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
		if (fd >= 0 && leftover_hold(fd, folder, *name))
			break;
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	return fd;
}

static bool
write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return fsync(fd) == 0;
}

/* It is renamed while it is held: before, another run might take it for a leftover. */
static bool
write_in(struct run *run, int folder, const char *name, const void *data, size_t size)
{
	const char *temporary;
	bool ok;
	int fd = create(run, folder, &temporary), why;

	if (fd < 0)
		return false;
	ok = write_all(fd, data, size) && renameat(folder, temporary, folder, name) == 0;
	why = errno;
	if (!ok)
		unlinkat(folder, temporary, 0);
	close(fd);
	errno = why;
	return ok;
}

/* What killed writers left, once for each folder in a row. */
static void
sweep(struct run *run, const char *folder)
{
	static const char *swept;

	if (!run->root[0] && !str_same(swept, folder))
		leftover_sweep(run, folder, LEFTOVER_FILE);
	swept = folder;
}

bool
world_write(struct run *run, const char *path, const void *data, size_t size)
{
	const char *above = path_parent(&run->arena, path);
	int folder = open_folder(run, above), why;
	bool ok;

	if (folder < 0)
		return false;
	sweep(run, above);
	ok = write_in(run, folder, path_name(path), data, size);
	why = errno;
	close(folder);
	errno = why;
	return ok;
}
