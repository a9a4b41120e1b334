/* findings.h: how the verbs that judge a set-up print what they found. */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "base/json.h"
#include "base/run.h"
#include "cuenv.h"

/* Text broken at blanks, at 80 columns; further lines start under the first. A word longer than a line stays whole. */
void show_wrapped(const char *label, const char *text);

const char *show_severity(enum severity severity);

/* An empty line, then the finding with its evidence and its remedy. */
void show_finding(struct run *run, const struct finding *finding);

/* The list "findings". */
void show_findings(struct run *run, struct cJSON *in, const struct findings *findings);

/* All codes with their meaning; returns the exit code. */
int show_codes(struct run *run, bool json);

#endif
