/* report.h: what the results of all files come to, by cause. Pure but for memory. */
#ifndef SCAN_REPORT_H
#define SCAN_REPORT_H

#include "scan/scan.h"

enum scan_verdict { SCAN_COMPILES, SCAN_DOUBTFUL, SCAN_FAILS };

/* One cause, with all places that have it. */
struct scan_cause {
	const struct scan_hit *hit;	/* the first one */
	size_t files;			/* compiled files that it concerns */
	struct strings places;		/* "src/a.cu:12: what it says", each place once */
};

struct scan_report {
	size_t all, cuda, fail, doubt, compile;	/* files */
	size_t text, confirmed;			/* of them read as text only; compiled */
	struct { struct scan_cause *item; size_t n; } causes;	/* the sure ones first, then by how many files they concern */
	struct strings unread;	/* "src/a.cu: libclang crashed" */
};

/* since ≤ release < until; had: the newest that is known to be below until. n == 0: no bound. */
struct scan_bound { struct version since, until, had; };
struct scan_bounds {
	struct scan_bound torch, cuda;
	size_t others;		/* sure causes that no release is known to be without */
};

enum scan_verdict scan_verdict(const struct scan_result *result);

/* A path as it is shown: below the package's folder without that. */
const char *scan_shown(struct run *run, const struct scan_plan *plan, const char *file);

void scan_report(struct run *run, const struct scan_plan *plan, const struct scan_results *results, struct scan_report *out);

/* Each cause as a finding: FAIL where it is sure, else WARN; at most three places of each. */
void scan_findings(struct run *run, const struct scan_report *report, struct findings *out);

/* Which releases have all names whose absence is a sure cause. */
void scan_bounds(struct run *run, const struct scan_report *report, struct scan_bounds *out);
bool scan_bound_takes(const struct scan_bound *bound, const struct version *version);
const char *scan_bounds_text(struct run *run, const struct scan_bounds *bounds);	/* "torch < 1.11 and CUDA ≤ 11.8", or NULL */

#endif
