#define _GNU_SOURCE
#include "base/trust.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/world.h"

#define LINKS 40		/* on one way, as in the kernel */
#define OVERFLOW 65534		/* the owner that a user namespace shows for an ID that it does not map */
#define TABLE_MAX ((size_t)4 << 20)

/* sudo keeps the folder and often the HOME of the one who called it. */
static bool
is_caller(const struct run *run, uid_t owner)
{
	const char *caller = geteuid() == 0 ? run_env(run, "SUDO_UID") : NULL;

	return caller && *caller >= '0' && *caller <= '9' && strtoul(caller, NULL, 10) == owner;
}

/* In a container without the host's root, / and /home are nobody's. "INSIDE OUTSIDE COUNT" a line. */
static bool
is_unmapped(struct run *run, uid_t owner)
{
	const char *line;
	struct blob map;
	size_t at = 0, length;

	if (owner != OVERFLOW || !world_read(run, "/proc/self/uid_map", 4096, &map))
		return false;
	while (blob_line(&map, &at, &line, &length)) {
		char *rest;
		unsigned long first = strtoul(line, &rest, 10), count;

		strtoul(rest, &rest, 10);
		count = strtoul(rest, NULL, 10);
		if (OVERFLOW >= first && OVERFLOW - first < count)
			return false;
	}
	return true;
}

/* Field n, from 0, of a line of /etc/passwd or /etc/group. */
static const char *
field(struct run *run, const char *line, size_t length, size_t n)
{
	struct strings fields = str_split(&run->arena, str_copy(&run->arena, line, length), ':');

	return n < fields.n ? fields.item[n] : "";
}

/* No other account has the group as its own; *name: this user's, "" where the table does not have him. */
static bool
is_nobody_elses(struct run *run, const char *gid, const char **name)
{
	const char *uid = str_format(&run->arena, "%u", (unsigned)geteuid()), *line;
	struct blob table;
	size_t at = 0, length;

	*name = "";
	if (!world_read(run, "/etc/passwd", TABLE_MAX, &table))
		return false;
	while (blob_line(&table, &at, &line, &length))
		if (strcmp(field(run, line, length, 2), uid) == 0)
			*name = field(run, line, length, 0);
		else if (strcmp(field(run, line, length, 3), gid) == 0)
			return false;
	return true;
}

/* Fedora and Ubuntu give each user a group of his own, and let it write all that is his: then "the group" is nobody else. */
static bool
is_own_group(struct run *run, gid_t group)
{
	const char *gid = str_format(&run->arena, "%u", (unsigned)group), *name, *line;
	struct blob table;
	size_t at = 0, length;

	if (group == 0)
		return true;
	if (group != getegid() || !is_nobody_elses(run, gid, &name) || (!*name && group != geteuid()) ||
	    !world_read(run, "/etc/group", TABLE_MAX, &table))
		return false;
	while (blob_line(&table, &at, &line, &length)) {
		const char *members = field(run, line, length, 3);

		if (strcmp(field(run, line, length, 2), gid) == 0 && *members && strcmp(members, name) != 0)
			return false;
	}
	return true;
}

static bool
is_ours(struct run *run, const char *path, const struct stat *st, bool above, const char **why)
{
	bool others = (st->st_mode & 02) || ((st->st_mode & 020) && !is_own_group(run, st->st_gid));

	if (st->st_uid != geteuid() && st->st_uid != 0 && !is_caller(run, st->st_uid) &&
	    !(above && S_ISDIR(st->st_mode) && is_unmapped(run, st->st_uid))) {
		*why = str_format(&run->arena, "%s belongs to user %u, not to you", path, (unsigned)st->st_uid);
		return false;
	}
	if (!others || (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode)) || (S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX)))
		return true;
	*why = str_format(&run->arena, "%s can be written by others (to forbid it: chmod go-w %s)", path,
			  str_quote(&run->arena, path));
	return false;
}

/* One step of the way: *at is a folder without links, *rest what is still to be walked. False: at its end, or not ours. */
static bool
step(struct run *run, const char **at, const char **rest, int *links, const char **why)
{
	size_t length = strcspn(*rest += strspn(*rest, "/"), "/");
	const char *name = str_copy(&run->arena, *rest, length), *next = path_join(&run->arena, *at, name), *to;
	struct stat st;

	*rest += length;
	if (!length)
		return false;
	if (strcmp(name, ".") == 0)
		return true;
	if (strcmp(name, "..") == 0) {
		*at = path_parent(&run->arena, *at);
		return true;
	}
	if (!world_lstat(run, next, &st) || !is_ours(run, next, &st, (*rest)[strspn(*rest, "/")] != '\0', why))
		return false;
	if (!S_ISLNK(st.st_mode)) {
		*at = next;
		return true;
	}
	if (++*links > LINKS || !world_readlink(run, next, &to))
		return false;
	*rest = str_format(&run->arena, "%s%s", to, *rest);
	*at = to[0] == '/' ? "/" : *at;
	return true;
}

bool
trust_path(struct run *run, const char *path, const char **why)
{
	const char *at = "/", *rest = path_clean(&run->arena, run->cwd, path);
	struct stat st;
	int links = 0;

	*why = NULL;
	if (run->root[0] || (world_lstat(run, "/", &st) && !is_ours(run, "/", &st, true, why)))
		return !*why;
	while (step(run, &at, &rest, &links, why))
		;
	return !*why;
}

bool
trust_read(struct run *run, const char *who, const char *path, size_t max, struct blob *out)
{
	const char *why;

	if (trust_path(run, path, &why))
		return world_read(run, path, max, out);
	run_trace(run, who, path, str_format(&run->arena, "is not heeded: %s", why));
	return false;
}
