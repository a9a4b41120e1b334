#define _GNU_SOURCE
#include "base/update.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/leftover.h"
#include "base/path.h"
#include "base/world.h"

#define TEXT_MAX ((size_t)1 << 20)
#define PATIENCE 500	/* hundredths of a second that another writer may take */

/* False with errno: of the highest folder that cannot be made, which tells more than that those below are missing. */
static bool
make_folder(struct run *run, const char *folder)
{
	if (mkdir(folder, 0777) == 0 || errno == EEXIST || strcmp(folder, "/") == 0)
		return true;
	if (errno != ENOENT)
		return false;
	return make_folder(run, path_parent(&run->arena, folder)) && (mkdir(folder, 0777) == 0 || errno == EEXIST);
}

/*
 * A file beside the changed one that nobody else may open: whoever can open a file or folder can lock it, and hold us up. It
 * is removed before it is given free, so nothing is left behind.
 */
static int
lock(struct run *run, const char *path)
{
	const struct timespec pause = { 0, 10 * 1000 * 1000 };

	for (int i = 0; i < PATIENCE; i++) {
		int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

		if (fd < 0) {
			run_fail(run, "cannot write in %s: %s", path_parent(&run->arena, path), strerror(errno));
			return -1;
		}
		if (leftover_hold(fd, AT_FDCWD, path))
			return fd;
		close(fd);
		nanosleep(&pause, NULL);
	}
	run_fail(run, "another cuenv holds %s; try again", path);
	return -1;
}

static bool
rewrite(struct run *run, const char *path, const char *(*change)(struct run *, const struct blob *, void *),
	void *context)
{
	const char *real = world_real(run, path), *text;
	struct blob old = { "", 0 };

	if (!world_read_at(run, path, 0, TEXT_MAX, &old) && errno != ENOENT)
		return run_fail(run, "cannot read %s: %s", path, errno == EINVAL ? "it is no regular file" : strerror(errno));
	if (old.size == TEXT_MAX)
		return run_fail(run, "%s is larger than 1 MB, so it is not mine; remove it", path);
	text = change(run, &old, context);
	if (run->error || !text)
		return !run->error;
	return world_write(run, real ? real : path, text, strlen(text)) ||
	       run_fail(run, "cannot write %s: %s", path, strerror(errno));
}

static bool
may_write(struct run *run, const char *folder)
{
	if (run->root[0])
		return run_fail(run, "--root only looks: it changes nothing in %s", run->root);
	return make_folder(run, folder) || run_fail(run, "cannot make %s: %s", folder, strerror(errno));
}

bool
update_text(struct run *run, const char *path,
	    const char *(*change)(struct run *run, const struct blob *old, void *context), void *context)
{
	return may_write(run, path_parent(&run->arena, path)) && rewrite(run, path, change, context);
}

bool
update_list(struct run *run, const char *path,
	    const char *(*change)(struct run *run, const struct blob *old, void *context), void *context)
{
	const char *folder = path_parent(&run->arena, path), *beside = path_join(&run->arena, folder, ".cuenv-lock");
	bool ok;
	int fd;

	if (!may_write(run, folder) || (fd = lock(run, beside)) < 0)
		return false;
	ok = rewrite(run, path, change, context);
	unlink(beside);
	close(fd);
	return ok;
}

bool
update_remove(struct run *run, const char *path, bool *removed)
{
	if (run->root[0])
		return run_fail(run, "--root only looks: it changes nothing in %s", run->root);
	*removed = unlink(path) == 0;
	return *removed || errno == ENOENT || errno == ENOTDIR || run_fail(run, "cannot remove %s: %s", path, strerror(errno));
}
