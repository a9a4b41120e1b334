/*
 * spec.h: what people write to name a toolkit: "11", "11.8", "11.8.89", "11.x", ">=11.7,<12", "cu118", "latest", "torch",
 * "system", a path. Pure.
 */
#ifndef BASE_SPEC_H
#define BASE_SPEC_H

#include <stdbool.h>

#include "base/version.h"

enum spec_kind { SPEC_VERSION, SPEC_TORCH, SPEC_SYSTEM, SPEC_PATH };
enum spec_op { SPEC_EQ, SPEC_LT, SPEC_LE, SPEC_GT, SPEC_GE };

/* What a message tells to write where a text is no SPEC. */
#define SPEC_GRAMMAR "write 11.8, 12, '>=11.7,<12', latest, torch or system"

/* A parsed SPEC: all its conditions must hold. */
struct spec {
	enum spec_kind kind;
	int n;
	struct { enum spec_op op; struct version version; } condition[4];
	const char *path;	/* of SPEC_PATH: the text as it was given */
};

/*
 * False when text is no SPEC; the grammar: system | torch | latest | PATH | [op]version{,op version}, op one of
 * < <= > >= = ==. A version is also written v11.8, cuda-11.8, 11.x, cu118 or 118 (as wheels and modules name them); a PATH
 * begins with / or . and stays as it is.
 */
bool spec_parse(const char *text, struct spec *out);

/* Whether a toolkit of version v is asked for; 11.8 takes 11.8.89. Of a SPEC_VERSION. */
bool spec_admits(const struct spec *spec, const struct version *v);

/* Whether some build of a version known only in part (12.4, from a directory's name) could be asked for. */
bool spec_may_admit(const struct spec *spec, const struct version *v);

/* Whether spec is one version with at least a minor: 11.8 or 11.8.89, not 11 or >=11.8. */
bool spec_names_minor(const struct spec *spec);

#endif
