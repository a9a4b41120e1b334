#ifndef CHECK_PARTS_H
#define CHECK_PARTS_H

#include "check/check.h"

/* CE108, where statements of the toolkit's version differ; CE101, where it builds no torch extension. */
void parts_contradict(struct run *run, const struct toolkit *toolkit, struct findings *out);
void parts_lack(struct run *run, const struct toolkit *toolkit, const char *remedy, enum severity severity,
		struct findings *out);

#endif
