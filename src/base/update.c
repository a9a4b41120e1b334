#define _GNU_SOURCE
#include "base/update.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

/* The folder itself is what is locked: nothing is left behind, and the file may be replaced meanwhile. */
static int
lock(struct run *run, const char *folder)
{
	const struct timespec pause = { 0, 10 * 1000 * 1000 };
	int fd;

	if (!make_folder(run, folder)) {
		run_fail(run, "cannot make %s: %s", folder, strerror(errno));
		return -1;
	}
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		run_fail(run, "cannot write in %s: %s", folder, strerror(errno));
		return -1;
	}
	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; i++) {
		if (errno != EWOULDBLOCK || i == PATIENCE) {
			run_fail(run, "cannot lock %s: %s; try again", folder, strerror(errno));
			close(fd);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return fd;
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

bool
update_text(struct run *run, const char *path,
	    const char *(*change)(struct run *run, const struct blob *old, void *context), void *context)
{
	bool ok;
	int fd;

	if (run->root[0])
		return run_fail(run, "--root only looks: it changes nothing in %s", run->root);
	fd = lock(run, path_parent(&run->arena, path));
	if (fd < 0)
		return false;
	ok = rewrite(run, path, change, context);
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
