/* condition.h: the condition of a preprocessor's #if, worked out for a given compiler. Pure. */
#ifndef INSPECT_CONDITION_H
#define INSPECT_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

/* A macro that is defined as a number; or, where it was #undef'ed, not defined at all. */
struct macro {
	const char *name;
	size_t length;
	long value;
	bool undefined;
};

#define MACROS_MAX 48

/* What a compiler defines; a later entry hides an earlier one, and what has none counts as 0. */
struct macros {
	struct macro item[MACROS_MAX];
	size_t n;
	struct macro *varying;	/* the one among them that a question is asked about */
};

void macros_define(struct macros *macros, const char *name, size_t length, long value);
void macros_undefine(struct macros *macros, const char *name, size_t length);

/* The value of a number like 0x0d010000UL; false where there is none. end is set behind it. */
bool condition_number(const char *text, long *out, const char **end);

/* Whether the condition holds; one that cannot be read does not. varies: whether it looked at the varying macro. */
bool condition_holds(const char *text, const struct macros *macros, bool *varies);

#endif
