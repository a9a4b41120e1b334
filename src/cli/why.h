/* why.h: what `--why` tells: where each fact comes from, and what was looked at and passed over. */
#ifndef CLI_WHY_H
#define CLI_WHY_H

#include "base/json.h"
#include "base/run.h"
#include "cuenv.h"

/* Every toolkit with its evidence, then everything that was passed over. */
void why_print(struct run *run, const struct machine *machine);

/* Only what concerns a place that the user named himself: a variable, an added root. */
void why_print_own(struct run *run);

/* The same under "passed_over". */
void why_json(struct run *run, struct cJSON *document);

#endif
