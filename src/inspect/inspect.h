/* inspect.h: from a place to facts. Every function reads files and runs nothing. */
#ifndef INSPECT_H
#define INSPECT_H

#include "base/run.h"
#include "cuenv.h"

/* The toolkit at a lead; false, with a trace line, where there is none. found_by and active are left to the caller. */
bool inspect_toolkit(struct run *run, const struct lead *lead, struct toolkit *out);

/* The highest GCC and clang majors that a crt/host_config.h accepts; 0 where it states no limit. */
void inspect_host_config(struct run *run, const char *file, int *gcc_max, int *clang_max);

/* The Python at hand: run->python, else VIRTUAL_ENV, CONDA_PREFIX, else python3 on PATH. False when there is none;
 * with run->error when the user named one that is none. */
bool inspect_python(struct run *run, struct python *out);

/* The torch that this Python would import; false when it has none. */
bool inspect_torch(struct run *run, const struct python *python, struct torch *out);

/* Every g++ and clang++ on PATH and their versioned siblings, newest first, GCC before clang; one entry for one file. */
void inspect_compilers(struct run *run, struct compilers *out);

#endif
