#ifndef CHECK_TORCH_BUILD_H
#define CHECK_TORCH_BUILD_H

#include "check/check.h"

/* Where torch has no CUDA, or does not say which: CE303 or CE307. */
void torch_build_say(struct run *run, const struct machine *machine, enum severity severity, struct findings *out);

#endif
