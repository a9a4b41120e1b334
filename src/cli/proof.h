/* proof.h: one line that says what a switch led to. */
#ifndef CLI_PROOF_H
#define CLI_PROOF_H

#include "base/run.h"
#include "cuenv.h"

/* "CUDA 11.8.89 at …; driver 535.129.03, up to CUDA 12.2; torch 2.0.1+cu118: match"; toolkit NULL: none is active. */
const char *proof_line(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

/* One line where torch's build refuses what this toolkit builds, which is certain; NULL: it does not, or no torch is at hand. */
const char *proof_refused(struct run *run, const struct machine *machine, const struct toolkit *toolkit);

#endif
