/*
 * Zip files by their central directory (APPNOTE.TXT 4.3); zlib inflates. A member must be what the directory says of it, in
 * size and sum. Text is read up to a size that the reader names; what is unpacked to disk may not grow more than modules do.
 */
#define _GNU_SOURCE
#include "base/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/world.h"

#define TAIL (65535 + 22)
#define DIRECTORY_MAX (32UL << 20)
#define MEMBER_MAX (2UL << 30)
#define GROWTH_MAX 400	/* times: libtorch_cuda.so is packed 1.1 times smaller, zeroes 1030 times */
#define PIECE (256UL << 10)

static unsigned long
number(const unsigned char *at, int bytes)
{
	unsigned long value = 0;

	while (bytes-- > 0)
		value = value << 8 | at[bytes];
	return value;
}

struct listing {
	struct run *run;
	const char *path;
	struct zip_members *out;
};

static bool
leads_out(const char *name)
{
	const char *part = name;

	if (*name == '/' || *name == '\\' || strchr(name, ':'))
		return true;
	for (; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
		if (str_starts(part, "..") && (part[2] == '/' || !part[2] || part[2] == '\\'))
			return true;
	return false;
}

static bool
add_member(struct listing *listing, const unsigned char *entry, size_t name_length)
{
	struct run *run = listing->run;
	struct zip_member member = { .name = str_copy(&run->arena, (const char *)entry + 46, name_length),
		.method = (int)number(entry + 10, 2), .crc = number(entry + 16, 4), .packed = number(entry + 20, 4),
		.size = number(entry + 24, 4), .offset = number(entry + 42, 4) };

	if (strlen(member.name) != name_length || leads_out(member.name))
		return run_fail(run, "%s holds '%s', which leads out of its folder: it is not looked at", listing->path,
				member.name);
	if (number(entry + 8, 2) & 1)
		return run_fail(run, "%s is encrypted", listing->path);
	*list_add(&run->arena, listing->out) = member;
	return true;
}

static bool
read_directory(struct listing *listing, int fd, unsigned long offset, unsigned long size, unsigned long count)
{
	unsigned char *all = arena_alloc(&listing->run->arena, size + 1), *at = all;

	if (pread(fd, all, size, (off_t)offset) != (ssize_t)size)
		return run_fail(listing->run, "%s is no whole zip file", listing->path);
	for (; count; count--) {
		size_t left = size - (size_t)(at - all), name, more;

		if (left < 46 || memcmp(at, "PK\1\2", 4))
			return run_fail(listing->run, "%s is no whole zip file: its directory is damaged", listing->path);
		name = number(at + 28, 2);
		more = number(at + 30, 2) + number(at + 32, 2);
		if (46 + name + more > left)
			return run_fail(listing->run, "%s is no whole zip file: its directory is damaged", listing->path);
		if (!add_member(listing, at, name))
			return false;
		at += 46 + name + more;
	}
	return true;
}

/* The end record is the last thing in the file but for a comment. */
static bool
list(int fd, void *context)
{
	struct listing *listing = context;
	off_t size = lseek(fd, 0, SEEK_END), from = size > TAIL ? size - TAIL : 0;
	unsigned char *tail = arena_alloc(&listing->run->arena, TAIL + 1), *end = NULL;
	ssize_t n = pread(fd, tail, TAIL, from);
	unsigned long directory, offset;

	for (ssize_t at = n - 22; at >= 0 && !end; at--)
		if (memcmp(tail + at, "PK\5\6", 4) == 0)
			end = tail + at;
	if (!end)
		return run_fail(listing->run, "%s is no whole zip file: it has no directory at its end", listing->path);
	directory = number(end + 12, 4);
	offset = number(end + 16, 4);
	if (directory == 0xffffffff || offset == 0xffffffff)
		return run_fail(listing->run, "%s is larger than 4 GB (zip64), which cuenv does not read", listing->path);
	if (directory > DIRECTORY_MAX || offset + directory > (unsigned long)size)
		return run_fail(listing->run, "%s is no whole zip file: its directory is damaged", listing->path);
	return read_directory(listing, fd, offset, directory, number(end + 10, 2));
}

bool
zip_list(struct run *run, const char *path, struct zip_members *out)
{
	struct listing listing = { run, path, out };

	return world_with_file(run, path, list, &listing) || run_fail(run, "cannot read %s: %s", path, strerror(errno));
}

struct unpacking {
	struct run *run;
	const char *path;
	const struct zip_member *member;
	int to;			/* a descriptor, or -1 … */
	unsigned char *text;	/* … and memory for the whole */
	unsigned long done;
};

static bool
take(struct unpacking *u, const unsigned char *data, size_t size)
{
	if (size > u->member->size - u->done)
		return false;
	if (u->text)
		memcpy(u->text + u->done, data, size);
	for (size_t at = 0; u->to >= 0 && at < size;) {
		ssize_t n = write(u->to, data + at, size - at);

		if (n <= 0)
			return run_fail(u->run, "cannot unpack %s: %s", u->path, strerror(errno));
		at += (size_t)n;
	}
	u->done += size;
	return true;
}

/* Gives take what the packed bytes between at and end come to; the sum of it, or an impossible one. */
static unsigned long
inflate_all(struct unpacking *u, int fd, off_t at, unsigned char *in, unsigned char *out)
{
	unsigned long left = u->member->packed, sum = crc32(0, NULL, 0);
	z_stream z = { .next_in = NULL };
	int code = Z_OK;

	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		return ~0UL;
	while (code == Z_OK) {
		size_t produced;

		if (!z.avail_in && left) {
			size_t want = left < PIECE ? left : PIECE;

			if (pread(fd, in, want, at) != (ssize_t)want)
				break;
			at += (off_t)want, left -= want;
			z.next_in = in, z.avail_in = (uInt)want;
		}
		z.next_out = out, z.avail_out = PIECE;
		code = inflate(&z, Z_NO_FLUSH);
		produced = PIECE - z.avail_out;
		if (!take(u, out, produced))
			break;
		sum = crc32(sum, out, (uInt)produced);
	}
	inflateEnd(&z);
	return code == Z_STREAM_END ? sum : ~0UL;
}

static unsigned long
copy_all(struct unpacking *u, int fd, off_t at, unsigned char *in)
{
	unsigned long sum = crc32(0, NULL, 0);

	for (unsigned long left = u->member->packed; left;) {
		size_t want = left < PIECE ? left : PIECE;

		if (pread(fd, in, want, at) != (ssize_t)want || !take(u, in, want))
			return ~0UL;
		sum = crc32(sum, in, (uInt)want);
		at += (off_t)want, left -= want;
	}
	return sum;
}

static bool
unpack(int fd, void *context)
{
	struct unpacking *u = context;
	unsigned char *in = arena_alloc(&u->run->arena, PIECE), *out = arena_alloc(&u->run->arena, PIECE), head[30];
	unsigned long sum = ~0UL;
	off_t at = (off_t)u->member->offset;

	if (pread(fd, head, 30, at) == 30 && memcmp(head, "PK\3\4", 4) == 0) {
		at += (off_t)(30 + number(head + 26, 2) + number(head + 28, 2));
		sum = u->member->method ? inflate_all(u, fd, at, in, out) : copy_all(u, fd, at, in);
	}
	if (sum != u->member->crc || u->done != u->member->size)
		return run_fail(u->run, "%s is damaged: %s is not what its directory says", u->path, u->member->name);
	return true;
}

static bool
is_sane(struct run *run, const char *path, const struct zip_member *m, unsigned long max)
{
	if (m->method != 0 && m->method != 8)
		return run_fail(run, "%s: %s is packed by method %d, which cuenv does not read", path, m->name,
				m->method);
	if (m->size > max)
		return run_fail(run, "%s: %s is %lu bytes large, and up to %s are read: it is not unpacked", path, m->name,
				m->size, str_size(&run->arena, max));
	return true;
}

bool
zip_read(struct run *run, const char *path, const struct zip_member *member, size_t max, struct blob *out)
{
	struct unpacking u = { .run = run, .path = path, .member = member, .to = -1 };

	if (!is_sane(run, path, member, max))
		return false;
	u.text = arena_alloc(&run->arena, member->size + 1);
	if (!world_with_file(run, path, unpack, &u))
		return run_fail(run, "cannot read %s", path);
	*out = (struct blob){ (char *)u.text, member->size };
	return true;
}

/* The folders above a member's file, below dir. */
static void
make_folders(struct run *run, const char *dir, const char *name)
{
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/'))
		mkdir(str_format(&run->arena, "%s/%.*s", dir, (int)(slash - name), name), 0700);
}

bool
zip_unpack(struct run *run, const char *path, const struct zip_member *member, const char *dir)
{
	const char *to = str_format(&run->arena, "%s/%s", dir, member->name);
	struct unpacking u = { .run = run, .path = path, .member = member };
	bool ok;

	if (!is_sane(run, path, member, MEMBER_MAX))
		return false;
	if (member->size > PIECE && member->size / GROWTH_MAX > member->packed)
		return run_fail(run, "%s: %s says to grow from %lu to %lu bytes: it is not unpacked", path, member->name,
				member->packed, member->size);
	make_folders(run, dir, member->name);
	u.to = open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (u.to < 0)
		return run_fail(run, "cannot unpack %s of %s: %s", member->name, path, strerror(errno));
	ok = world_with_file(run, path, unpack, &u);
	close(u.to);
	return ok || run_fail(run, "cannot read %s", path);
}
