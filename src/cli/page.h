/* page.h: what is known of a machine, in words: one row for each thing, as doctor prints it. */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include "base/json.h"
#include "base/run.h"
#include "cuenv.h"

/* Rows "label, text"; a label that repeats the one before it is "". */
struct facts page_rows(struct run *run, const struct machine *machine);

/* The same as JSON. */
void page_json(struct run *run, struct cJSON *document, const struct machine *machine);

#endif
