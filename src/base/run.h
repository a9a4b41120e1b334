/*
 * run.h: one run of the program: its memory, its world (a root folder and an environment), its error and its trace.
 * A function that takes a struct run touches the world and may fail; any other function is pure.
 */
#ifndef BASE_RUN_H
#define BASE_RUN_H

#include <stdbool.h>

#include "base/arena.h"

#define LEFT_OUT_SHOWN 8

/* Something that was looked at and passed over; printed by --why. */
struct trace { const char *who, *path, *why; };
struct traces { struct trace *item; size_t n; };

struct run {
	struct arena arena;
	const char *root;	/* "" for the machine itself, else the real path of --root, without a trailing slash */
	char *const *environ;	/* the world's environment, NULL at its end; with --root only what --env gave */
	const char *cwd;	/* absolute directory in the world that relative paths start from */
	const char *python;	/* --python or --torch: the Python at hand by the user's word, or NULL */
	struct strings named;	/* paths by which the command line names toolkits, as given */
	const char *libclang;	/* --libclang: the one to read headers and sources with, or NULL */
	const char *error;	/* why the tool could not do its work; the first one said stays */
	const char *shortage;	/* what could not be looked at for a reason that is not its own; no answer holds then */
	bool tracing;		/* whether anyone will read the trace */
	struct traces traces;
	struct strings left_out;	/* "too large, left out: …", at most LEFT_OUT_SHOWN of them */
	size_t left_out_more;		/* how many more there were */
};

/* A variable's value, or NULL when it is unset or empty. */
const char *run_env(const struct run *run, const char *name);

/* Says why the tool could not do its work (what, where, what to do); always false, so that a caller can return it. */
bool run_fail(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Notes that who looked at path and passed it over; costs nothing unless tracing. */
void run_trace(struct run *run, const char *who, const char *path, const char *why);

/* Notes that something is too large to be read whole, and what the limit is; printed once, whatever the command answers. */
void run_left_out(struct run *run, const char *what, const char *limit);

#endif
