/* match.h: which toolkits, here and elsewhere, fit this torch, this driver, these GPUs and these compilers. */
#ifndef CHECK_MATCH_H
#define CHECK_MATCH_H

#include "check/check.h"

struct match {
	struct version version;
	const struct toolkit *toolkit;	/* here; NULL: a release that is not */
	bool fits;
	const struct compiler *compiler;	/* the best compiler here that it accepts; NULL: none, or none is known */
	struct strings reasons;		/* why it fits as it does, or what keeps it from fitting */
	const char *get;		/* the command that gets it, or that makes one here whole; NULL: none, or none is needed */
};
struct matches { struct match *item; size_t n; };

/*
 * Those here that torch's build takes, in the order of select/rank.h, if one of them fits; then releases elsewhere that fit;
 * then those that do not. False with run->error.
 */
bool match_all(struct run *run, const struct machine *machine, struct matches *out);

#endif
