/*
 * check.h: what can be known before a build or a load. Each diagnosis is one exported row; it reads the survey and small
 * files that the survey names, and runs nothing.
 *
 * FAIL: a build or a load here and now would fail. WARN: it may, or something else than meant is taken. NOTE: good to know.
 * That a machine has no torch, no toolkit or no GPU is no fault by itself.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/finding.h"
#include "base/run.h"
#include "base/str.h"
#include "cuenv.h"

struct check {
	const char *name;	/* "torch-cuda" */
	const char *what;	/* what it looks for, one line */
	unsigned needs;		/* enum need */
	/* Adds findings; machine->toolkit is the toolkit that is judged, whichever one a build here would take. */
	void (*look)(struct run *run, const struct machine *machine, struct findings *out);
};

extern const struct check *const checks[];
extern const int check_count;

/* What all checks together need. */
unsigned check_needs(void);

/* All checks; those that fail come first, then warnings, then notes, each in the order of checks.def. */
void check_machine(struct run *run, const struct machine *machine, struct findings *out);

#endif
