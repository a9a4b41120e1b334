/*
 * consumers.h: which toolkit each build system would take here, and by which of its looks; docs/consumers.md tells what was
 * read and what was tried. Nothing is run.
 */
#ifndef CONSUMERS_CONSUMERS_H
#define CONSUMERS_CONSUMERS_H

#include "base/run.h"
#include "base/str.h"
#include "cuenv.h"

enum look_kind {
	LOOK_VARIABLE,	/* a variable that names a toolkit's root */
	LOOK_FIRST,	/* the same, and when it is set none of the LOOK_FIRST behind it counts */
	LOOK_LIST,	/* a variable with roots at commas; when it is set, the looks behind it do not count */
	LOOK_SET,	/* a variable that, once set, ends the search, even when it is empty */
	LOOK_COMPILER,	/* a variable that names a compiler, in whose folder proof must be; NULL: nvcc itself, taken unseen */
	LOOK_PATH,	/* nvcc in the folders of PATH, before that in their subfolder what */
	LOOK_FOLDER,	/* the folder itself */
	LOOK_NEWEST,	/* cuda-X.Y in the folder, newest first */
	LOOK_PREFIX,	/* the Python's prefix, when it has what */
	LOOK_WHEEL,	/* nvidia/what in site-packages */
	LOOK_LOADER,	/* the folder above that of a library that ld.so finds */
};

struct look {
	enum look_kind kind;
	const char *what;
	const char *proof;	/* a file below the root that must be there; "": the root must be there; NULL: taken unseen */
};

struct consumer {
	const char *name;	/* "cmake" */
	const char *what;	/* what looks */
	const char *read_in;	/* the releases that this was read from */
	const char *variable;	/* replaces its nvcc, or NULL */
	const struct look *looks;
	size_t n;
};

/* What one look saw. */
struct sight { const char *where, *saw; bool taken; };

struct pick {
	const struct consumer *consumer;
	struct { struct sight *item; size_t n; } sights;	/* up to the one that was taken */
	const char *root;		/* or NULL: it finds none */
	const char *nvcc;		/* the nvcc that it would call; NULL with no root */
	bool there;			/* nvcc can be executed */
	const struct toolkit *toolkit;	/* the one of the survey that this is, or NULL */
};
struct picks { struct pick *item; size_t n; };

extern const struct consumer consumers[];
extern const size_t consumer_count;

/* The consumer of that name, or NULL. */
const struct consumer *consumer_find(const char *name);

/* needs: NEED_TOOLKITS and NEED_TORCH, for the Python's wheels. */
struct pick consumer_pick(struct run *run, const struct machine *machine, const struct consumer *consumer);

/* Adds a finding when the picks are not of one toolkit; true when they are. */
bool consumers_agree(struct run *run, const struct picks *picks, struct findings *out);

#endif
