/* scan.h: what cuenv scan, and cuenv check of a folder, say of sources. */
#ifndef CLI_SCAN_H
#define CLI_SCAN_H

#include "scan/report.h"

struct scan_said {
	struct scan_plan plan;
	struct scan_results results;
	struct scan_report report;
	struct findings findings;	/* one for each cause */
	const char *clang;		/* which libclang read them, or why none did */
	const char *headline;
};

/* Plans, reads and judges; false with run->error. */
bool scan_look(struct run *run, const struct machine *machine, const struct scan_wish *wish, struct scan_said *out);

void scan_print(struct run *run, const struct scan_said *said);
bool scan_print_json(struct run *run, const struct scan_said *said);

#endif
