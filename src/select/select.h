/* select.h: "11.8", ">=11.7,<12", "torch", "system" → one toolkit of the machine. Pure. */
#ifndef SELECT_H
#define SELECT_H

#include "base/arena.h"
#include "cuenv.h"

enum spec_kind { SPEC_VERSION, SPEC_TORCH, SPEC_SYSTEM };
enum spec_op { SPEC_EQ, SPEC_LT, SPEC_LE, SPEC_GT, SPEC_GE };

/* A parsed SPEC: all its conditions must hold. */
struct spec {
	enum spec_kind kind;
	int n;
	struct { enum spec_op op; struct version version; } condition[4];
};

/* False when text is no SPEC; the grammar: system | torch | [op]version{,[op]version}, op one of < <= > >= ==. */
bool spec_parse(const char *text, struct spec *out);

/* Whether a toolkit of version v is asked for; 11.8 takes 11.8.89. */
bool spec_admits(const struct spec *spec, const struct version *v);

/*
 * The toolkit that text asks for: among those admitted the one that can do most, then the newest. NULL with *why set to
 * one line (what is wrong, what is there instead) when text is no SPEC or nothing here fits.
 */
const struct toolkit *select_toolkit(struct arena *arena, const struct machine *machine, const char *text,
				     const char **why);

#endif
