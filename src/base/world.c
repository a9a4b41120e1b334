#define _GNU_SOURCE
#include "base/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/path.h"

/* The one place that opens. Under --root the kernel resolves links as if the root were "/" (openat2, Linux 5.6). */
static int
open_path(struct run *run, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned long long)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT };
	int root, fd, why;

	if (!run->root[0])
		return open(path, flags | O_CLOEXEC);
	root = open(run->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -1;
	fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
	why = errno;
	close(root);
	errno = why;
	return fd;
}

static int
open_file(struct run *run, const char *path, struct stat *st)
{
	int fd = open_path(run, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	close(fd);
	errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
	return -1;
}

bool
world_stat(struct run *run, const char *path, struct stat *out)
{
	struct stat st;
	bool ok;
	int fd;

	if (!run->root[0]) {
		if (stat(path, &st) < 0)
			return false;
		*out = st;
		return true;
	}
	fd = open_path(run, path, O_PATH);
	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0;
	close(fd);
	if (ok)
		*out = st;
	return ok;
}

bool
world_is_dir(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISDIR(st.st_mode);
}

bool
world_is_file(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISREG(st.st_mode);
}

bool
world_is_program(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISREG(st.st_mode) && (st.st_mode & 0111);
}

/* Where an open descriptor really is, as a path of the world. */
static const char *
real_of(struct run *run, int fd)
{
	char link[64], path[PATH_MAX];
	size_t skip = strlen(run->root);
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	if (n <= 0)
		return NULL;
	path[n] = '\0';
	if (!path_below(path, run->root[0] ? run->root : "/"))
		return NULL;
	return path[skip] ? str_copy(&run->arena, path + skip, (size_t)n - skip) : "/";
}

const char *
world_real(struct run *run, const char *path)
{
	char buffer[PATH_MAX];
	const char *real;
	int fd = open_path(run, path, O_PATH);

	if (fd < 0)
		return NULL;
	real = real_of(run, fd);
	close(fd);
	if (!real && !run->root[0] && realpath(path, buffer))	/* no /proc */
		real = str_copy(&run->arena, buffer, strlen(buffer));
	return real;
}

bool
world_readlink(struct run *run, const char *path, const char **out)
{
	char buffer[PATH_MAX];
	ssize_t n;

	if (run->root[0]) {
		int fd = open_path(run, path, O_PATH | O_NOFOLLOW);

		if (fd < 0)
			return false;
		n = readlinkat(fd, "", buffer, sizeof(buffer));
		close(fd);
	} else {
		n = readlink(path, buffer, sizeof(buffer));
	}
	if (n <= 0)
		return false;
	*out = str_copy(&run->arena, buffer, (size_t)n);
	return true;
}

static bool
read_at(struct run *run, const char *path, size_t offset, size_t max, struct blob *out)
{
	struct blob blob = { 0 };
	struct stat st;
	size_t size;
	int fd = open_file(run, path, &st);

	if (fd < 0)
		return false;
	size = (size_t)st.st_size > offset ? (size_t)st.st_size - offset : 0;
	if (st.st_size == 0)
		size = max < 65536 ? max : 65536;	/* /proc and /sys files say 0 */
	if (size > max)
		size = max;
	blob.data = arena_alloc(&run->arena, size + 1);
	while (blob.size < size) {
		ssize_t n = pread(fd, blob.data + blob.size, size - blob.size, (off_t)(offset + blob.size));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		blob.size += (size_t)n;
	}
	close(fd);
	blob.data[blob.size] = '\0';
	*out = blob;
	return true;
}

bool
world_read(struct run *run, const char *path, size_t max, struct blob *out)
{
	return read_at(run, path, 0, max, out);
}

bool
world_read_at(struct run *run, const char *path, size_t offset, size_t size, struct blob *out)
{
	return read_at(run, path, offset, size, out);
}

#define PIECE 16384

/* Copies the text at a find, up to a control byte. */
static void
copy_text(const char *from, const char *end, char *after, size_t room)
{
	size_t n = 0;

	while (from < end && n + 1 < room && (unsigned char)*from >= ' ')
		after[n++] = *from++;
	after[n] = '\0';
}

bool
world_find(struct run *run, const char *path, size_t offset, size_t size, const char *needle, char *after, size_t room)
{
	char piece[PIECE];
	struct stat st;
	size_t keep = strlen(needle) + room, have = 0;
	bool found = false;
	int fd = open_file(run, path, &st);

	if (fd < 0)
		return false;
	while (!found && keep < PIECE / 2) {
		size_t want = size < PIECE - have ? size : PIECE - have;
		ssize_t n = want ? pread(fd, piece + have, want, (off_t)offset) : 0;
		const char *at;

		if (n > 0)
			have += (size_t)n, offset += (size_t)n, size -= (size_t)n;
		at = memmem(piece, have, needle, strlen(needle));
		found = at && (n <= 0 || (size_t)(piece + have - at) >= keep);
		if (found)
			copy_text(at + strlen(needle), piece + have, after, room);
		if (found || n <= 0)
			break;
		/* The end of this piece may hold the start of the needle, or of what follows it. */
		if (have > keep) {
			memmove(piece, piece + have - keep, keep);
			have = keep;
		}
	}
	close(fd);
	return found;
}

bool
world_list(struct run *run, const char *path, struct strings *out)
{
	struct strings names = { 0 };
	struct dirent *entry;
	DIR *dir;
	int fd = open_path(run, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);

	if (fd < 0)
		return false;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return false;
	}
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			strings_add(&run->arena, &names,
				    str_copy(&run->arena, entry->d_name, strlen(entry->d_name)));
	closedir(dir);
	strings_sort(&names);
	*out = names;
	return true;
}

bool
world_with_file(struct run *run, const char *path, bool (*use)(int fd, void *context), void *context)
{
	struct stat st;
	bool ok;
	int fd = open_file(run, path, &st);

	if (fd < 0)
		return false;
	ok = use(fd, context);
	close(fd);
	return ok;
}

/* Writing goes through plain paths: only ever below the user's own HOME, cache or a folder that he named. */
static const char *
outside(struct run *run, const char *path)
{
	return run->root[0] ? str_format(&run->arena, "%s%s", run->root, path) : path;
}

static void
make_parents(const char *path)
{
	char partial[PATH_MAX];

	for (const char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
		size_t n = (size_t)(at - path);

		if (n >= sizeof(partial))
			return;
		memcpy(partial, path, n);
		partial[n] = '\0';
		mkdir(partial, 0777);
	}
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
	return fchmod(fd, 0644) == 0 && fsync(fd) == 0;
}

bool
world_write(struct run *run, const char *path, const void *data, size_t size)
{
	const char *target = outside(run, path);
	char *temporary = (char *)str_format(&run->arena, "%s.XXXXXX", target);
	bool ok;
	int fd, why;

	make_parents(target);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return false;
	ok = write_all(fd, data, size);
	why = errno;
	ok = close(fd) == 0 && ok && rename(temporary, target) == 0;
	if (!ok) {
		why = why ? why : errno;
		unlink(temporary);
		errno = why;
	}
	return ok;
}

bool
world_remove(struct run *run, const char *path)
{
	return unlink(outside(run, path)) == 0;
}

const char *
world_on_path(struct run *run, const char *name, int index)
{
	const char *path = run_env(run, "PATH");

	while (path && *path) {
		size_t n = strcspn(path, ":");
		const char *directory = str_copy(&run->arena, path, n);
		const char *program = path_join(&run->arena, directory, name);

		if (directory[0] == '/' && world_is_program(run, program) && index-- == 0)
			return program;
		path += n + (path[n] == ':');
	}
	return NULL;
}
