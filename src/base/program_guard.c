/*
 * The parent-death signal reaches a child and none of its children, and a process group is left by setsid. So each program has
 * a guard between us and itself: the subreaper, whose child each orphan of the program becomes, whatever group it is in. The
 * guard hears of our end, kill -9 included, by its own parent-death signal, and is in another group, so that who kills our
 * group does not kill it too.
 */
#define _GNU_SOURCE
#include "base/program_guard.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAUSE (1000 * 1000)		/* ns between two looks at those that have been killed */
#define TICK (100 * 1000 * 1000)	/* ns between two looks where no signal came */

/* Kills all children that this process has now; the kernel lists them, where it was built to. */
static void
kill_children(void)
{
	char path[64], text[4096], *at = text, *end;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%ld/children", (long)getpid());
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	for (long pid; (pid = strtol(at, &end, 10)) > 0 && *end == ' '; at = end)	/* a number that was cut has no blank */
		kill((pid_t)pid, SIGKILL);
}

static bool
has_ended(pid_t program)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)program, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

/* Its zombie keeps the group's number until the group is killed. Orphans of orphans come up one by one, so it takes turns. */
static int
end_all(pid_t program)
{
	const struct timespec pause = { 0, PAUSE };
	int status, result = SIGKILL;
	pid_t pid;

	kill(-program, SIGKILL);
	while ((pid = waitpid(-1, &status, WNOHANG)) >= 0) {
		if (pid == program)
			result = status;
		if (pid > 0)
			continue;
		kill_children();
		nanosleep(&pause, NULL);
	}
	return result;
}

static _Noreturn void
watch(pid_t above, pid_t program, const sigset_t *heeded)
{
	const struct timespec tick = { 0, TICK };
	int status, null = open("/dev/null", O_RDWR | O_CLOEXEC);

	prctl(PR_SET_NAME, "guard");	/* so that a killall by our name leaves it its work */
	for (int i = 0; i < 3; i++)
		if (dup2(null, i) < 0)
			close(i);	/* the pipes end with the program */
	setpgid(program, program);
	while (!has_ended(program) && getppid() == above && sigtimedwait(heeded, NULL, &tick) != SIGTERM)
		;
	status = end_all(program);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

bool
program_guard(pid_t above)
{
	pid_t guard = getpid(), program;
	sigset_t heeded;

	sigemptyset(&heeded);
	sigaddset(&heeded, SIGTERM);
	sigaddset(&heeded, SIGCHLD);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	program = fork();
	if (program < 0)
		return false;
	if (program > 0)
		watch(above, program, &heeded);
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);	/* should the guard itself be killed */
	if (getppid() != guard)
		_exit(127);
	return true;
}
