/* which_as.h: the half of cuenv which that asks what build systems would take. */
#ifndef CLI_WHICH_AS_H
#define CLI_WHICH_AS_H

#include "cli/command.h"

/* Prints; returns the exit code: 0 it takes one (all: the same one), 1 not, 2 no such consumer. */
int which_as(struct run *run, const struct machine *machine, const struct request *request, const char *tool);

/* The same for a library, as import torch gets it: 0 found, 1 not. */
int which_library(struct run *run, const struct machine *machine, const struct request *request, const char *name);

#endif
