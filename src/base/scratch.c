#define _GNU_SOURCE
#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/cxx.h"
#include "base/leftover.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

/* A new folder in that place, held; NULL with errno. */
static const char *
make_in(struct run *run, const char *place, int *held)
{
	for (int i = 0; i < 10; i++) {
		char *path = (char *)str_format(&run->arena, "%s/%sXXXXXX", place, leftover_name(run, LEFTOVER_FOLDER));

		if (!mkdtemp(path))
			return NULL;
		*held = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (*held >= 0 && leftover_hold(*held, AT_FDCWD, path))
			return path;
		if (*held < 0 && errno != ENOENT) {
			int why = errno;

			rmdir(path);
			errno = why;
			return NULL;
		}
		close(*held);
	}
	return NULL;
}

/*
 * The first place that takes a folder of ours; a TMPDIR that does not exist is passed over, as mktemp(3) users do, and so
 * is a place mounted noexec, because what is built there is to be loaded, or one whose name nvcc would have a shell run.
 */
static const char *
make(struct run *run, int *held)
{
	const char *const places[] = { run_env(run, "TMPDIR"), "/tmp", "/var/tmp", run_env(run, "HOME") };
	struct statvfs fs;
	int why = 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *place = places[i] ? path_clean(&run->arena, run->cwd, places[i]) : NULL, *path;

		if (!place || cxx_misread(run, place))
			continue;
		if (statvfs(place, &fs) == 0 && (fs.f_flag & ST_NOEXEC)) {
			why = EACCES;
			continue;
		}
		leftover_sweep(run, place, LEFTOVER_FOLDER);
		path = make_in(run, place, held);
		if (path)
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

/* With the folder, which was made for use alone unless it is kept. */
static bool
use_folder(struct run *run, const char *dir, bool kept, bool (*use)(struct run *run, const char *dir, void *context),
	   void *context)
{
	bool ok = dir && use(run, dir, context);

	if (dir && !kept)
		leftover_remove(dir);
	return ok;
}

bool
scratch_with(struct run *run, const char *keep, bool (*use)(struct run *run, const char *dir, void *context),
	     void *context)
{
	sigset_t before;
	int held = -1;
	bool ok;

	hold_signals(&before);
	ok = use_folder(run, keep ? keep_at(run, keep) : make(run, &held), keep, use, context);
	close(held);
	sigprocmask(SIG_SETMASK, &before, NULL);	/* a signal that came meanwhile ends us here */
	return ok;
}

bool
scratch_in(struct run *run, const char *place, bool (*use)(struct run *run, const char *dir, void *context), void *context)
{
	const char *dir;
	sigset_t before;
	int held = -1;
	bool ok;

	hold_signals(&before);
	leftover_sweep(run, place, LEFTOVER_FOLDER);
	dir = make_in(run, place, &held);
	if (!dir)
		run_fail(run, "cannot make a folder in %s: %s", place, strerror(errno));
	ok = use_folder(run, dir, false, use, context);
	close(held);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return ok;
}
