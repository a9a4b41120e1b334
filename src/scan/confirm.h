/* confirm.h: the files that only a compiler can judge, given to it. This is the one part of scan that runs anything. */
#ifndef SCAN_CONFIRM_H
#define SCAN_CONFIRM_H

#include "scan/scan.h"

/*
 * Compiles each doubtful file as the plan says, with the toolkit's nvcc or with cxx, and puts what the compiler says in the
 * place of its doubts. What of it nvcc's shell would misread stays in doubt, which becomes one of the plan's findings. False with run->error when nothing can be run.
 */
bool scan_confirm(struct run *run, struct scan_plan *plan, const struct scan_wish *wish, const char *cxx,
		  struct scan_results *results);

#endif
