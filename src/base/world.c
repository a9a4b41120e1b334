#define _GNU_SOURCE
#include "base/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/path.h"
#include "base/world_open.h"

void
world_failed(struct run *run, const char *path)
{
	int why = errno;

	if (!run->shortage && (why == EMFILE || why == ENFILE || why == ENOMEM ||
			       (why == EIO && !path_below(path, "/proc") && !path_below(path, "/sys"))))
		run->shortage = str_format(&run->arena, "cannot look at %s: %s", path, strerror(why));
	errno = why;
}

/* Under --root the kernel resolves links as if the root were "/" (openat2, Linux 5.6); EAGAIN: a rename came between. */
int
world_open(struct run *run, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned long long)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT };
	int root, fd, why, tries = 0;

	if (!run->root[0]) {
		fd = open(path, flags | O_CLOEXEC);
		if (fd < 0)
			world_failed(run, path);
		return fd;
	}
	root = open(run->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		world_failed(run, run->root);
		return -1;
	}
	do
		fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
	while (fd < 0 && errno == EAGAIN && tries++ < 100);
	why = errno;
	close(root);
	errno = why;
	if (fd < 0)
		world_failed(run, path);
	return fd;
}

/* nofollow: 0 or AT_SYMLINK_NOFOLLOW. */
static bool
look_at(struct run *run, const char *path, int nofollow, struct stat *out)
{
	struct stat st;
	bool ok;
	int fd;

	if (!run->root[0]) {
		if (fstatat(AT_FDCWD, path, &st, nofollow) < 0) {
			world_failed(run, path);
			return false;
		}
		*out = st;
		return true;
	}
	fd = world_open(run, path, O_PATH | (nofollow ? O_NOFOLLOW : 0));
	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0;
	close(fd);
	if (ok)
		*out = st;
	return ok;
}

bool
world_stat(struct run *run, const char *path, struct stat *out)
{
	return look_at(run, path, 0, out);
}

bool
world_lstat(struct run *run, const char *path, struct stat *out)
{
	return look_at(run, path, AT_SYMLINK_NOFOLLOW, out);
}

bool
world_is_dir(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISDIR(st.st_mode);
}

bool
world_is_there(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && !S_ISDIR(st.st_mode);
}

bool
world_is_file(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISREG(st.st_mode);
}

const char *
world_file_in(struct run *run, const struct strings *dirs, const char *name)
{
	for (size_t i = 0; i < dirs->n; i++) {
		const char *path = path_join(&run->arena, dirs->item[i], name);

		if (world_is_file(run, path))
			return path;
	}
	return NULL;
}

bool
world_is_program(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && S_ISREG(st.st_mode) && (st.st_mode & 0111);
}

/* Where an open descriptor really is, as a path of the world; NULL where there is no /proc. */
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

/* The same without /proc: link by link, of a path that is known to exist. */
static const char *
real_by_links(struct run *run, const char *path)
{
	const char *real = "/", *rest = path, *to;

	for (int links = 0; *(rest += strspn(rest, "/"));) {
		size_t length = strcspn(rest, "/");
		const char *name = str_copy(&run->arena, rest, length), *next = path_join(&run->arena, real, name);

		rest += length;
		if (strcmp(name, "..") == 0) {
			real = path_parent(&run->arena, real);
		} else if (strcmp(name, ".") != 0 && !world_readlink(run, next, &to)) {
			real = next;
		} else if (strcmp(name, ".") != 0) {
			if (++links > 40)
				return NULL;
			rest = str_format(&run->arena, "%s%s", to, rest);
			real = to[0] == '/' ? "/" : real;
		}
	}
	return real;
}

const char *
world_real(struct run *run, const char *path)
{
	const char *real;
	int fd = world_open(run, path, O_PATH);

	if (fd < 0)
		return NULL;
	real = real_of(run, fd);
	close(fd);
	return real || path[0] != '/' ? real : real_by_links(run, path);
}

bool
world_readlink(struct run *run, const char *path, const char **out)
{
	char buffer[PATH_MAX];
	ssize_t n;

	if (run->root[0]) {
		int fd = world_open(run, path, O_PATH | O_NOFOLLOW);

		if (fd < 0)
			return false;
		n = readlinkat(fd, "", buffer, sizeof(buffer));
		close(fd);
	} else {
		n = readlink(path, buffer, sizeof(buffer));
	}
	if (n < 0)
		world_failed(run, path);
	if (n <= 0)
		return false;
	*out = str_copy(&run->arena, buffer, (size_t)n);
	return true;
}

bool
world_list(struct run *run, const char *path, struct strings *out)
{
	struct strings names = { 0 };
	struct dirent *entry;
	DIR *dir;
	int fd = world_open(run, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);

	if (fd < 0)
		return false;
	dir = fdopendir(fd);
	if (!dir) {
		world_failed(run, path);
		close(fd);
		return false;
	}
	while ((errno = 0, entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			strings_add(&run->arena, &names,
				    str_copy(&run->arena, entry->d_name, strlen(entry->d_name)));
	if (errno)
		world_failed(run, path);
	closedir(dir);
	strings_sort(&names);
	*out = names;
	return true;
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
