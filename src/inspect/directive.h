/* directive.h: the lines of a C header that the preprocessor acts on. Pure. */
#ifndef INSPECT_DIRECTIVE_H
#define INSPECT_DIRECTIVE_H

#include <stdbool.h>

#include "base/str.h"

#define DIRECTIVE_MAX 2048

struct directives {
	const char *at, *end;	/* what is still to read */
	char line[DIRECTIVE_MAX];
	char name[16];		/* "if", "error", … */
	const char *rest;	/* what follows the name, without comments and joined where a backslash ends the line */
};

void directives_start(struct directives *in, const struct blob *text);

/* The next directive; comments, string literals and continued lines hide none and make none. False at the end. */
bool directives_next(struct directives *in);

#endif
