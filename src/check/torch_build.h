#ifndef CHECK_TORCH_BUILD_H
#define CHECK_TORCH_BUILD_H

#include "check/check.h"

/* What to type for a torch that has CUDA, by the hand that installed this one. */
const char *torch_build_remedy(struct run *run, const struct python *python, const struct torch *torch);

/* Where torch has no CUDA, or does not say which: CE303 or CE307. */
void torch_build_say(struct run *run, const struct machine *machine, enum severity severity, struct findings *out);

/* The command that installs the same torch anew. */
const char *torch_build_again(struct run *run, const struct python *python, const struct torch *torch);

#endif
