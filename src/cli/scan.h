/* scan.h: what cuenv scan, and cuenv check of a folder, say of sources. */
#ifndef CLI_SCAN_H
#define CLI_SCAN_H

#include "cli/command.h"
#include "scan/report.h"

struct scan_said {
	struct scan_plan plan;
	struct scan_results results;
	struct scan_report report;
	struct findings findings;	/* one for each cause */
	const char *clang;		/* which libclang read them, or why none did */
	const char *headline;
	struct scan_bounds bounds;
	const char *taken_by;		/* the releases that would take them, or NULL */
	const char *command;		/* to type next, or NULL */
};

/* Plans, reads and judges, with confirm by the compilers where there is doubt; false with run->error. */
bool scan_look(struct run *run, const struct machine *machine, const struct scan_wish *wish, bool confirm,
	       struct scan_said *out);

/* For a wish's progress: one line on a terminal that the next one overwrites; nothing where nobody watches. */
void scan_progress(struct run *run, size_t done, size_t all);

/* For check: one line on what was read; what fails, each cause, and that some are in doubt, as findings. */
const char *scan_summary(struct run *run, const struct scan_said *said);
void scan_found(struct run *run, const char *dir, const struct scan_said *said, struct findings *out);

/* What to type next. */
const char *scan_next(struct run *run, const struct request *request, const struct scan_said *said);

/* What the sources need, printed; returns the exit code. */
int scan_print_needs(struct run *run, const struct machine *machine, const struct scan_wish *wish, bool json);

void scan_print(struct run *run, const struct scan_said *said);
bool scan_print_json(struct run *run, const struct scan_said *said, int code);

#endif
