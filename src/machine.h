/* machine.h: the one place that joins discover and inspect. */
#ifndef MACHINE_H
#define MACHINE_H

#include "base/run.h"
#include "base/spec.h"
#include "cuenv.h"

/*
 * Surveys the parts in needs (enum need); false with run->error. What is absent is NULL or empty, not an error.
 * wanted, when not NULL, is the only spec that will be asked for: places whose own name says another version (cuda-11.8
 * when 12.4 is wanted) are then looked into only if no other one fits.
 */
bool machine_survey(struct run *run, unsigned needs, const struct spec *wanted, struct machine *out);

/*
 * What is at path, a root or, if is_nvcc, an nvcc, for a user who says that it is a toolkit; false, with the reason as the
 * last trace, when it is none.
 */
bool machine_look(struct run *run, const char *path, bool is_nvcc, struct toolkit *out);

#endif
