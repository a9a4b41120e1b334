/* finding.h: what the stages say of a set-up, with the codes of codes.def. */
#ifndef BASE_FINDING_H
#define BASE_FINDING_H

#include "base/run.h"
#include "cuenv.h"

/* A new finding at the end of the list; remedy may be NULL. Evidence is added by the caller. */
struct finding *finding_add(struct run *run, struct findings *findings, const char *code, enum severity severity,
			    const char *what, const char *remedy);
void fact_add(struct run *run, struct facts *facts, const char *name, const char *value);
bool findings_fail(const struct findings *findings);

/* Every code that a finding can have, in order, with its meaning in one line; the last row is zero. */
struct code { const char *code, *meaning; };
extern const struct code finding_codes[];

#endif
