/* sample.h: samples/ext as it was when cuenv was built. */
#ifndef VERIFY_SAMPLE_H
#define VERIFY_SAMPLE_H

#include "base/run.h"

struct sample { const char *name, *text, *end; };	/* the text ends before end */

extern const struct sample samples[];
extern const size_t sample_count;

/* Writes the files into a folder; false with run->error (disk full, …). */
bool sample_write(struct run *run, const char *dir);

#endif
