/* version.h: dotted numbers, up to four parts. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#include <stdbool.h>

#include "base/arena.h"

struct version {
	int n;		/* parts known; 0: no version */
	int part[4];	/* major, minor, patch, build */
};

/* Reads digits and dots from the start of text; true when at least one part was read. end, if given, is set behind it. */
bool version_parse(const char *text, struct version *out, const char **end);

/* -1, 0, 1 over all parts; a missing part counts as 0. */
int version_compare(const struct version *a, const struct version *b);

/* Whether the first parts of v equal all parts of prefix: 11.8.89 has 11.8, and 11. */
bool version_has_prefix(const struct version *v, const struct version *prefix);

/* Whether major.minor are known on both sides and equal. */
bool version_same_minor(const struct version *a, const struct version *b);

/* From CUDA_VERSION or CUDART_VERSION: 12040 is 12.4. */
struct version version_from_macro(long number);

/* The text, or "?" when not known. At most parts parts; 0: all. */
const char *version_text(struct arena *arena, const struct version *v, int parts);

#endif
