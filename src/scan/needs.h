/* needs.h: what an extension's sources use of CUDA and torch, and which releases have all of it. */
#ifndef SCAN_NEEDS_H
#define SCAN_NEEDS_H

#include "scan/scan.h"

/* A header or a name that the sources use. */
struct used {
	const char *name, *of;	/* of "CUDA", "torch", or NULL for other libraries' headers */
	const char *kind;	/* "header", "function", "macro", "type", … */
	const char *file;	/* where it is met first */
	int line;
	size_t uses;
	bool always;		/* at least one use is under no condition that rests on versions or macros nobody gives */
	struct api api;		/* what the facts know; name NULL: that all releases which they cover have it, or that none do */
};
struct used_list { struct used *item; size_t n; };

/* The releases of CUDA or torch that have all that is always used. */
struct need_range {
	const char *of;
	const struct used *low, *high;		/* whose since, whose until sets the bound; NULL: none does */
	const char *covers;			/* "1.13.1 to 2.15.0" */
	bool none;				/* no release has them all */
};

struct scan_needs {
	struct used_list needs;
	struct need_range cuda, torch;
	struct strings libraries, libraries_by;	/* "cublas", and who asks for it: "csrc/a.cu:4: cublas_v2.h", "setup.py:30: -lcublas" */
};

void scan_needs(struct run *run, const struct scan_plan *plan, struct scan_needs *out);

#endif
