#ifndef CHECK_TORCH_BUILD_H
#define CHECK_TORCH_BUILD_H

#include "check/check.h"

/* Where torch has no CUDA, or does not say which: CE303 or CE307, with the command for one that has, by the hand that installed it. */
void torch_build_say(struct run *run, const struct machine *machine, enum severity severity, struct findings *out);

/* The command that installs the same torch anew. */
const char *torch_build_again(struct run *run, const struct python *python, const struct torch *torch);

#endif
