#define _GNU_SOURCE
#include "base/program_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/program_guard.h"

extern char **environ;

/* Whether "NAME=value" is of the variable that entry ("NAME=other" or "NAME") speaks of. */
static bool
same_variable(const char *variable, const char *entry)
{
	size_t n = strcspn(entry, "=");

	return strncmp(variable, entry, n) == 0 && variable[n] == '=';
}

static bool
replaced(const char *variable, const struct strings *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (same_variable(variable, set->item[i]))
			return true;
	return false;
}

static struct strings
environment(struct run *run, const struct program *program)
{
	struct strings list = { 0 };

	for (char *const *at = run->environ; at && *at; at++)
		if (!replaced(*at, &program->set) && (program->keep_ld || !str_starts(*at, "LD_")))
			strings_add(&run->arena, &list, *at);
	for (size_t i = 0; i < program->set.n; i++)
		if (strchr(program->set.item[i], '='))
			strings_add(&run->arena, &list, program->set.item[i]);
	strings_add(&run->arena, &list, NULL);
	return list;
}

static void
close_from(int first)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, ~0u, 0) == 0)
		return;
#endif
	for (int fd = first; fd < 1024; fd++)
		close(fd);
}

static void
limit(unsigned resource, rlim_t most)
{
	struct rlimit limits;

	if (getrlimit(resource, &limits) < 0)
		return;
	limits.rlim_cur = limits.rlim_max < most ? limits.rlim_max : most;
	setrlimit(resource, &limits);
}

/* Signals (but that of a file too large, which work may write) and variables are those of a new program; no memory beyond what it was given, no core file, and an end of its time
 * even if this process should be stopped. */
static int
work(struct run *run, const struct program *program, char *const *envp)
{
	environ = (char **)envp;
	for (int i = 1; i < NSIG; i++)
		if (i != SIGXFSZ)
			signal(i, SIG_DFL);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, (rlim_t)(program->cpu ? program->cpu : program->seconds + 1));
	if (program->memory)
		limit(RLIMIT_DATA, program->memory);
	return program->work(run, program->context);
}

/*
 * In the child: only calls that are safe after fork; this process has no threads where it has work to do. Ends in exec, or
 * in 127 with a line on the captured stderr.
 */
static _Noreturn void
become(struct run *run, const struct program *program, char *const *argv, char *const *envp, const int ends[2],
       pid_t above)
{
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	setpgid(0, 0);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	if (dup2(null, 0) < 0 || dup2(ends[0], 1) < 0 || dup2(ends[1], 2) < 0)
		_exit(127);
	close_from(3);
	if (program_guard(above)) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		if (program->work)
			_exit(work(run, program, envp));
		if (!program->directory || chdir(program->directory) == 0)
			execve(argv[0], argv, envp);
	}
	dprintf(2, "cannot start %s: %s\n", program->work ? "a process" : argv[0], strerror(errno));
	_exit(127);
}

/* Pipe ends above the standard streams, so that dup2 in the child never overwrites one that it still needs. */
static bool
make_pipe(int ends[2])
{
	int raw[2], why;

	if (pipe2(raw, O_CLOEXEC) < 0)
		return false;
	for (int i = 0; i < 2; i++) {
		ends[i] = fcntl(raw[i], F_DUPFD_CLOEXEC, 3);
		close(raw[i]);
	}
	if (ends[0] >= 0 && ends[1] >= 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
		return true;
	why = errno;
	close(ends[0]);
	close(ends[1]);
	errno = why;
	return false;
}

pid_t
program_spawn(struct run *run, const struct program *program, int out[2])
{
	struct strings envp = environment(run, program), argv = { 0 };
	int streams[2][2], why;
	sigset_t all, before;
	pid_t above = getpid(), pid;

	for (size_t i = 0; i < program->argv.n; i++)
		strings_add(&run->arena, &argv, program->argv.item[i]);
	strings_add(&run->arena, &argv, NULL);
	if (!make_pipe(streams[0]))
		return -1;
	if (!make_pipe(streams[1])) {
		why = errno;
		close(streams[0][0]);
		close(streams[0][1]);
		errno = why;
		return -1;
	}
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);	/* what is sent to the guard waits until it looks */
	pid = fork();
	if (pid == 0)
		become(run, program, (char *const *)argv.item, (char *const *)envp.item,
		       (int[]){ streams[0][1], streams[1][1] }, above);
	why = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid > 0)
		setpgid(pid, pid);	/* both sides do it: whoever comes first */
	for (int i = 0; i < 2; i++) {
		close(streams[i][1]);
		if (pid > 0)
			out[i] = streams[i][0];
		else
			close(streams[i][0]);
	}
	errno = why;
	return pid;
}
