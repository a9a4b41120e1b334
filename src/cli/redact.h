/* redact.h: text for strangers, without the names of user and machine. */
#ifndef CLI_REDACT_H
#define CLI_REDACT_H

#include "base/run.h"

/* The home folder becomes ~, others' homes /home/USER; the user's and the machine's names, as whole words, USER and HOST. */
const char *redact(struct run *run, const char *text);

#endif
