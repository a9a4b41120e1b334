/* globals.h: the options that stand before the verb. They say which machine is meant, for every verb alike. */
#ifndef CLI_GLOBALS_H
#define CLI_GLOBALS_H

#include "base/run.h"
#include "cli/command.h"

/* Reads --root DIR and --env NAME=VALUE; returns how many words that were, the program's name included; 0 with run->error. */
int globals_read(struct run *run, int argc, char **argv);

/* Their rows, for help and manual. */
extern const struct choice global_choices[];

#endif
