#define _GNU_SOURCE
#include "base/program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/program_spawn.h"

#define CAPTURE (4u << 20)	/* most bytes kept of one stream */
#define TICK 20			/* ms between looks at a child whose pipes a grandchild keeps open */
#define PATIENCE 2.0		/* seconds that what is killed gets to end */

struct child {
	pid_t pid;		/* of its guard; 0: never started, or reaped */
	int fd[2];		/* our ends of its stdout and stderr; -1 when closed */
	size_t room[2];		/* bytes allocated for the two captures */
	double start, deadline;
	bool decisive;
	struct outcome *outcome;
};

/* What one call of program_queue works on. */
struct batch {
	struct run *run;
	const struct program *programs;
	struct outcome *outcomes;
	struct child *children;
	size_t n, next, at_once;	/* next: the first that has not been started */
	size_t started, ended;
	void (*done)(struct run *run, size_t ended, void *context);
	void *context;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
could_not(struct run *run, struct outcome *outcome, const char *what)
{
	outcome->status = 127;
	outcome->err.data = (char *)str_format(&run->arena, "cannot start %s: %s", what, strerror(errno));
	outcome->err.size = strlen(outcome->err.data);
}

static void
append(struct run *run, struct blob *blob, size_t *room, const char *data, size_t n)
{
	if (n > CAPTURE - blob->size)
		n = CAPTURE - blob->size;
	if (blob->size + n + 1 > *room) {
		size_t bigger = 2 * (blob->size + n + 1);
		char *moved = arena_alloc(&run->arena, bigger);

		if (blob->size)
			memcpy(moved, blob->data, blob->size);
		blob->data = moved;
		*room = bigger;
	}
	memcpy(blob->data + blob->size, data, n);
	blob->size += n;
	blob->data[blob->size] = '\0';
}

/* Takes what one pipe holds now; closes it at its end. */
static void
drain(struct run *run, struct child *child, int which)
{
	static char buffer[65536];
	struct blob *blob = which ? &child->outcome->err : &child->outcome->out;
	ssize_t n;

	if (child->fd[which] < 0)
		return;
	for (size_t taken = 0; taken < 2 * CAPTURE; taken += (size_t)n) {
		n = read(child->fd[which], buffer, sizeof(buffer));
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0 && errno == EAGAIN)
			return;
		else if (n <= 0)
			break;
		append(run, blob, &child->room[which], buffer, (size_t)n);
	}
	if (n > 0)
		return;		/* it writes faster than we read: others get their turn */
	close(child->fd[which]);
	child->fd[which] = -1;
}

/* Has the guard end what still runs, takes the last output, reaps. One that is not reaped in time counts as killed. */
static void
finish(struct batch *batch, struct child *child)
{
	double patience = now() + PATIENCE;
	int status = SIGKILL;

	kill(child->pid, SIGTERM);
	while (waitpid(child->pid, &status, WNOHANG) == 0 && now() < patience)
		poll(NULL, 0, 1);
	for (int i = 0; i < 2; i++) {
		drain(batch->run, child, i);
		if (child->fd[i] >= 0)
			close(child->fd[i]);
		child->fd[i] = -1;
	}
	child->outcome->seconds = now() - child->start;
	child->outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	child->pid = 0;
	batch->ended++;
	if (batch->done)
		batch->done(batch->run, batch->ended, batch->context);
}

static bool
has_exited(const struct child *child)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

/* Ends those that still run: all are told before the first is waited for. */
static void
end_rest(struct batch *batch)
{
	for (size_t i = 0; i < batch->next; i++)
		if (batch->children[i].pid)
			kill(batch->children[i].pid, SIGTERM);
	for (size_t i = 0; i < batch->next; i++)
		if (batch->children[i].pid) {
			batch->children[i].outcome->ended = true;
			finish(batch, &batch->children[i]);
		}
}

/* Whether a decisive one has failed; the others end here. */
static bool
decided(struct batch *batch)
{
	bool failed = false;

	for (size_t i = 0; i < batch->next; i++)
		failed |= batch->children[i].decisive && !batch->children[i].pid && batch->children[i].outcome->status != 0;
	if (failed)
		end_rest(batch);
	return failed;
}

/* One wait of at most a tick for output or an end; how many children still run. */
static size_t
turn(struct batch *batch, struct pollfd *polls)
{
	size_t running = 0, n = 0;
	bool silent = false;

	for (size_t i = 0; i < batch->next; i++)
		for (int k = 0; k < 2; k++)
			if (batch->children[i].fd[k] >= 0)
				polls[n++] = (struct pollfd){ .fd = batch->children[i].fd[k], .events = POLLIN };
			else
				silent |= batch->children[i].pid != 0;
	poll(polls, n, silent ? 1 : TICK);
	for (size_t i = 0; i < batch->next; i++) {
		struct child *child = &batch->children[i];

		if (!child->pid)
			continue;
		drain(batch->run, child, 0);
		drain(batch->run, child, 1);
		child->outcome->timed_out = !has_exited(child) && now() > child->deadline;
		if (child->outcome->timed_out || has_exited(child))
			finish(batch, child);
		else
			running++;
	}
	return running && !decided(batch) ? running : 0;
}

/* SIGINT, SIGTERM and SIGHUP, those that this process would heed. */
static void
stop_signals(sigset_t *set)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;

	sigemptyset(set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(set, numbers[i]);
}

static bool
stop_asked(const sigset_t *stops)
{
	sigset_t pending;

	sigpending(&pending);
	for (int i = 1; i < 32; i++)
		if (sigismember(stops, i) == 1 && sigismember(&pending, i) == 1)
			return true;
	return false;
}

static void
start(struct batch *batch, size_t i)
{
	const struct program *program = &batch->programs[i];
	struct child *child = &batch->children[i];
	double begin = now();

	batch->outcomes[i] = (struct outcome){ .out = { "", 0 }, .err = { "", 0 } };
	*child = (struct child){ .fd = { -1, -1 }, .outcome = &batch->outcomes[i], .decisive = program->decisive,
				 .start = begin, .deadline = begin + program->seconds };
	child->pid = program_spawn(batch->run, program, child->fd);
	if (child->pid > 0) {
		batch->started++;
		return;
	}
	could_not(batch->run, &batch->outcomes[i], program->work ? "a process" : program->argv.item[0]);
	child->pid = 0;
}

/* Starts as many as there is room for; how many run then. */
static size_t
start_more(struct batch *batch, size_t running)
{
	while (batch->next < batch->n && running < batch->at_once) {
		start(batch, batch->next);
		running += batch->children[batch->next++].pid != 0;
	}
	return running;
}

static bool
run_batch(struct batch *batch, const sigset_t *stops)
{
	struct pollfd *polls = arena_alloc(&batch->run->arena, 2 * batch->n * sizeof(*polls));

	for (size_t running = 0; (running = start_more(batch, running));) {
		running = turn(batch, polls);
		if (!running && decided(batch))
			return true;
		if (!stop_asked(stops))
			continue;
		end_rest(batch);
		return run_fail(batch->run, "interrupted");
	}
	return true;
}

bool
program_queue(struct run *run, const struct program *programs, size_t n, size_t at_once,
	      void (*done)(struct run *run, size_t ended, void *context), void *context, struct outcome *outcomes)
{
	struct batch batch = { run, programs, outcomes, arena_alloc(&run->arena, n * sizeof(struct child)), n, 0,
			       at_once ? at_once : 1, 0, 0, done, context };
	struct sigaction usual = { .sa_handler = SIG_DFL }, inherited;
	sigset_t stops, before;
	bool ok;

	for (size_t i = 0; i < n; i++) {
		outcomes[i] = (struct outcome){ .ended = true, .out = { "", 0 }, .err = { "", 0 } };	/* until it is started */
		if (run->root[0] && !programs[i].work)
			return run_fail(run, "programs of another root (%s) cannot be run", run->root);
	}
	/* Held back while children live, looked for at every tick: the signal then ends this process as it should. */
	stop_signals(&stops);
	sigprocmask(SIG_BLOCK, &stops, &before);
	sigaction(SIGCHLD, &usual, &inherited);		/* ignored, it would reap the children itself and lose what they say */
	ok = run_batch(&batch, &stops);
	sigaction(SIGCHLD, &inherited, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (n && !batch.started)
		return run_fail(run, "%s", outcomes[0].err.data);
	return ok;
}

bool
program_run(struct run *run, const struct program *programs, size_t n, struct outcome *outcomes)
{
	return program_queue(run, programs, n, n, NULL, NULL, outcomes);
}
