#define _GNU_SOURCE
#include "base/world.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/world_open.h"

static int
open_file(struct run *run, const char *path, struct stat *st)
{
	int fd = world_open(run, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	close(fd);
	errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
	return -1;
}

/* whole: the size of the file, however little of it was read. */
static bool
read_at(struct run *run, const char *path, size_t offset, size_t max, struct blob *out, size_t *whole)
{
	struct blob blob = { 0 };
	struct stat st;
	bool failed = false;
	size_t size;
	int fd = open_file(run, path, &st), why;

	if (fd < 0)
		return false;
	*whole = (size_t)st.st_size;
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
		failed = n < 0;
		if (n <= 0)
			break;
		blob.size += (size_t)n;
	}
	if (failed)
		world_failed(run, path);
	why = errno;
	close(fd);
	errno = why;
	blob.data[blob.size] = '\0';
	if (!failed)
		*out = blob;
	return !failed;
}

bool
world_read(struct run *run, const char *path, size_t max, struct blob *out)
{
	size_t whole;

	if (!read_at(run, path, 0, max, out, &whole))
		return false;
	if (whole > max && out->size == max)	/* files of /sys say 4096 and have less */
		run_left_out(run, path, str_format(&run->arena, "only its first %s are read", str_size(&run->arena, max)));
	return true;
}

bool
world_read_at(struct run *run, const char *path, size_t offset, size_t size, struct blob *out)
{
	size_t whole;

	return read_at(run, path, offset, size, out, &whole);
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

		if (n < 0)
			world_failed(run, path);
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
