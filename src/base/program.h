/*
 * program.h: running other programs: an argument list, never a shell; a time limit; all that the program has started is killed
 * at its end and at ours, kill -9 included; both streams captured; stdin is /dev/null; LD_* variables removed unless asked
 * for. Work of our own that may crash, hang or eat memory (a library that reads foreign files) is done in such a child too.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include "base/run.h"
#include "base/str.h"

struct program {
	struct strings argv;	/* argv.item[0] is an absolute path */
	int (*work)(struct run *run, void *context);	/* or this, done in the child, which ends with what it returns */
	void *context;		/* of work */
	size_t memory;		/* bytes that work may allocate; 0: no limit */
	int cpu;		/* seconds of a processor that work may take; 0: no limit but the time limit */
	struct strings set;	/* "NAME=value" over the run's environment; "NAME" alone removes it */
	const char *directory;	/* working directory, or NULL for the run's */
	int seconds;		/* time limit */
	bool decisive;		/* when it fails, the others of the same call are ended: their results are not needed */
	bool keep_ld;		/* keep LD_LIBRARY_PATH and the like: what the user's own python would see */
};

struct outcome {
	int status;		/* exit code; 128 + signal; 127 when it could not be started */
	bool timed_out;
	bool ended;		/* killed because a decisive one failed */
	double seconds;		/* wall time */
	struct blob out, err;	/* at most 4 MB each; the rest is read and dropped */
};

/* Runs all of them at the same time and waits; outcomes has room for n. False (with run->error) only when no process
 * can be made at all or the run has a --root: programs of another root cannot be run. */
bool program_run(struct run *run, const struct program *programs, size_t n, struct outcome *outcomes);

/* The same for a long list, of which at_once run at the same time; calls done, if given, whenever one has ended, with how
 * many have. */
bool program_queue(struct run *run, const struct program *programs, size_t n, size_t at_once,
		   void (*done)(struct run *run, size_t ended, void *context), void *context, struct outcome *outcomes);

/*
 * Becomes the program argv.item[0], looked for on envp's PATH where it has no slash, in this process: streams, terminal and
 * working directory stay. Comes back only on failure, with run->error and env(1)'s exit code: 127 when there is no such
 * program, 126 when it cannot be run, 125 when the run has a --root.
 */
int program_become(struct run *run, const struct strings *argv, char *const *envp);

#endif
