/*
 * MemAvailable of /proc/meminfo, and for each cgroup above this process its limit less what is used and cannot be dropped
 * (v2: memory.max, v1: memory.limit_in_bytes).
 */
#define _GNU_SOURCE
#include "base/memory.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

/* The files of one version of cgroups. */
struct kind { const char *mount, *limit, *used, *dropped; };
static const struct kind v2 = { "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file " };
static const struct kind v1 = { "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
				"total_inactive_file " };

/* The number in a file, behind a word at the start of a line or at its own start; -1: none, or "max". */
static long long
number(struct run *run, const char *file, const char *word)
{
	struct blob text;
	const char *line;
	size_t length;

	if (!world_read(run, file, 65536, &text))
		return -1;
	for (size_t at = 0; blob_line(&text, &at, &line, &length);)
		if (length > strlen(word) && strncmp(line, word, strlen(word)) == 0) {
			line += strlen(word);
			line += strspn(line, " \t");
			return *line >= '0' && *line <= '9' ? strtoll(line, NULL, 10) : -1;
		}
	return -1;
}

/* What one cgroup leaves; -1: no limit. v1 says "no limit" as a number near 2^63. */
static long long
left(struct run *run, const struct kind *kind, const char *directory)
{
	long long limit = number(run, path_join(&run->arena, directory, kind->limit), "");
	long long used = number(run, path_join(&run->arena, directory, kind->used), "");
	long long dropped = number(run, path_join(&run->arena, directory, "memory.stat"), kind->dropped);

	if (limit < 0 || limit >= 1LL << 60)
		return -1;
	used = (used > 0 ? used : 0) - (dropped > 0 ? dropped : 0);
	return limit > used ? limit - (used > 0 ? used : 0) : 0;
}

/* This process's cgroup and those above it; in a container the path may be the host's, and the mount is all there is. */
static void
look_up(struct run *run, const struct kind *kind, const char *path, long long *free, const char **limit)
{
	const char *directory = str_format(&run->arena, "%s%s", kind->mount, strcmp(path, "/") == 0 ? "" : path);

	if (!world_is_dir(run, directory))
		directory = kind->mount;
	for (; path_below(directory, kind->mount); directory = path_parent(&run->arena, directory)) {
		long long here = left(run, kind, directory);

		if (here >= 0 && (*free < 0 || here < *free)) {
			*free = here;
			*limit = path_join(&run->arena, directory, kind->limit);
		}
	}
}

long long
memory_free(struct run *run, const char **limit)
{
	long long kilobytes = number(run, "/proc/meminfo", "MemAvailable:"), free = kilobytes < 0 ? -1 : kilobytes * 1024;
	struct blob text;
	const char *line;
	size_t length;

	*limit = "MemAvailable";
	if (!world_read(run, "/proc/self/cgroup", 65536, &text))
		return free;
	for (size_t at = 0; blob_line(&text, &at, &line, &length);) {
		const char *whole = str_copy(&run->arena, line, length), *path = strchr(whole, ':');

		path = path ? strchr(path + 1, ':') : NULL;
		if (path && str_starts(whole, "0::"))
			look_up(run, &v2, path + 1, &free, limit);
		else if (path && (strstr(whole, ":memory:") || strstr(whole, ",memory:") || strstr(whole, ":memory,")))
			look_up(run, &v1, path + 1, &free, limit);
	}
	return free;
}

int
memory_cores(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
}
