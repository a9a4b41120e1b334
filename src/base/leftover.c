#define _GNU_SOURCE
#include "base/leftover.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"

#define WORD 8			/* digits that say which machine, since when */
#define OLD (24 * 60 * 60)	/* seconds; another machine's locks may not be seen here, as on Lustre */

/* The first digits of the kernel's boot id; containers of one machine have the same, and see each other's locks. */
static const char *
boot(void)
{
	static char word[WORD + 1];
	int fd;

	if (word[0])
		return word;
	fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, word, WORD) != WORD)
		memset(word, '0', WORD);
	close(fd);
	return word;
}

const char *
leftover_name(struct run *run, const char *prefix)
{
	return str_format(&run->arena, "%s%s.", prefix, boot());
}

/* Whether the name still is that of the open file. */
static bool
is_still(int fd, int folder, const char *name)
{
	struct stat open_one, named;

	return fstat(fd, &open_one) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       open_one.st_ino == named.st_ino && open_one.st_dev == named.st_dev;
}

bool
leftover_hold(int fd, int folder, const char *name)
{
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return false;
	return is_still(fd, folder, name);	/* where there are no locks nothing is swept either */
}

/* The word for the machine in a name of ours; NULL: the name is another's, and never touched. */
static const char *
word_of(const char *name, const char *prefix)
{
	const char *word = name + strlen(prefix);

	if (!str_starts(name, prefix) || strspn(word, "0123456789abcdef") != WORD || word[WORD] != '.' || !word[WORD + 1])
		return NULL;
	for (const char *at = word + WORD + 1; *at; at++)
		if (!isalnum((unsigned char)*at) && *at != '-')
			return NULL;
	return word;
}

static void
sweep_one(struct run *run, const char *path, int folder, const char *name, const char *word)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) &&
	    (strncmp(word, boot(), WORD) == 0 || time(NULL) - st.st_mtime > OLD) &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(fd, folder, name)) {
		if (S_ISDIR(st.st_mode))
			leftover_remove(path_join(&run->arena, path, name));
		else
			unlinkat(folder, name, 0);
	}
	close(fd);
}

void
leftover_sweep(struct run *run, const char *folder, const char *prefix)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		const char *word = word_of(entry->d_name, prefix);

		if (word)
			sweep_one(run, folder, dirfd(dir), entry->d_name, word);
	}
	closedir(dir);
}

void
leftover_remove(const char *path)
{
	char *const paths[] = { (char *)path, NULL };
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);

	if (!tree)
		return;
	for (FTSENT *entry; (entry = fts_read(tree));) {
		if (entry->fts_info == FTS_D && (entry->fts_statp->st_mode & 0700) != 0700)
			chmod(entry->fts_accpath, 0700);	/* what was built may have closed a folder to us */
		else if (entry->fts_info == FTS_DP)
			rmdir(entry->fts_accpath);
		else if (entry->fts_info != FTS_D)
			unlink(entry->fts_accpath);
	}
	fts_close(tree);
}
