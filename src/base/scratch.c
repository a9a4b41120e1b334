#define _GNU_SOURCE
#include "base/scratch.h"

#include <errno.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

/*
 * The first place that takes a folder of ours; a TMPDIR that does not exist is passed over, as mktemp(3) users do, and so
 * is a place mounted noexec, because what is built there is to be loaded, or one whose name nvcc would have a shell run.
 */
static const char *
make(struct run *run)
{
	const char *const places[] = { run_env(run, "TMPDIR"), "/tmp", "/var/tmp", run_env(run, "HOME") };
	struct statvfs fs;
	int why = 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *path;

		if (!places[i] || cxx_misread(run, path_clean(&run->arena, run->cwd, places[i])))
			continue;
		if (statvfs(places[i], &fs) == 0 && (fs.f_flag & ST_NOEXEC)) {
			why = EACCES;
			continue;
		}
		path = (char *)str_format(&run->arena, "%s/cuenv-verify.XXXXXX",
					  path_clean(&run->arena, run->cwd, places[i]));
		if (mkdtemp(path))
			return path;
		why = errno;
	}
	run_fail(run, "cannot make a folder to work in: /tmp: %s; set TMPDIR to a folder with room, not mounted noexec",
		 strerror(why));
	return NULL;
}

/* A folder with the user's own files is not written into; ours is known by its mark. */
static const char *
keep_at(struct run *run, const char *keep)
{
	const char *path = path_clean(&run->arena, run->cwd, keep), *mark = path_join(&run->arena, path, ".cuenv-verify");
	struct strings names = { 0 };
	bool made;

	if (cxx_misread(run, path)) {
		run_fail(run, "--keep: %s", cxx_misread(run, path));
		return NULL;
	}
	made = mkdir(path, 0777) == 0;
	if (!made && errno == EEXIST && world_is_dir(run, path)) {
		made = world_list(run, path, &names) && (names.n == 0 || world_is_file(run, mark));
		errno = made ? 0 : ENOTEMPTY;
	}
	if (made && world_write(run, mark, "", 0))
		return path;
	run_fail(run, "cannot keep the build in %s: %s; name a folder that is new or empty", path, strerror(errno));
	return NULL;
}

static void
remove_all(const char *path)
{
	char *const paths[] = { (char *)path, NULL };
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);

	if (!tree)
		return;
	for (FTSENT *entry; (entry = fts_read(tree));) {
		if (entry->fts_info == FTS_D)
			continue;
		if (entry->fts_info == FTS_DP)
			rmdir(entry->fts_accpath);
		else
			unlink(entry->fts_accpath);
	}
	fts_close(tree);
}

/* The signals that end a program and that this one heeds (nohup's SIGHUP stays ignored). */
static void
hold_signals(sigset_t *before)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&set, numbers[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

bool
scratch_with(struct run *run, const char *keep, bool (*use)(struct run *run, const char *dir, void *context),
	     void *context)
{
	const char *dir;
	sigset_t before;
	bool ok;

	hold_signals(&before);
	dir = keep ? keep_at(run, keep) : make(run);
	ok = dir && use(run, dir, context);
	if (dir && !keep)
		remove_all(dir);
	sigprocmask(SIG_SETMASK, &before, NULL);	/* a signal that came meanwhile ends us here */
	return ok;
}
