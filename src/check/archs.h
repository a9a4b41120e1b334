/* archs.h: which GPU runs which code. Numbers as text: "86", "90a". Pure. */
#ifndef CHECK_ARCHS_H
#define CHECK_ARCHS_H

#include "check/check.h"

/* Whether a list of "sm_80", "compute_90" has machine code that a GPU of arch runs: same major, its minor or a lower one. */
bool archs_run(const struct strings *list, const char *arch);

/* The newest PTX in the list that a driver can translate for it, as "compute_90"; NULL: none. */
const char *archs_ptx(const struct strings *list, const char *arch);

#endif
