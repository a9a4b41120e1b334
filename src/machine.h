/* machine.h: the one place that joins discover and inspect. */
#ifndef MACHINE_H
#define MACHINE_H

#include "base/run.h"
#include "cuenv.h"

/* Surveys the parts in needs (enum need); false with run->error. What is absent is NULL or empty, not an error. */
bool machine_survey(struct run *run, unsigned needs, struct machine *out);

#endif
