/* pin.h: what `cuenv local` and `cuenv global` share: one SPEC in one file. */
#ifndef CLI_PIN_H
#define CLI_PIN_H

#include "cli/command.h"

/* Writes the SPEC given to file, removes it (--unset), or prints what it says; the exit code. */
int pin(struct run *run, const struct machine *machine, const struct request *request, const char *file);

/* Without a SPEC none is meant. */
bool pin_choose(struct run *run, const struct request *request, struct chosen *chosen);

extern const struct choice pin_choices[];

#endif
