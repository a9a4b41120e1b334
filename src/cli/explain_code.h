/* explain_code.h: cuenv explain CE301: what the tables tell of a code. */
#ifndef CLI_EXPLAIN_CODE_H
#define CLI_EXPLAIN_CODE_H

#include "base/run.h"

/* Whether a word is written as a code is: CE and three digits, in either case. */
bool explain_is_code(const char *word);

/* Prints a code's meaning, the messages that it is known by, and its remedy; the exit code. */
int explain_code(struct run *run, const char *word, bool json);

#endif
