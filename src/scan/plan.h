/* plan.h: the parts of scan_plan: each is one way to learn what a build would compile. Nothing of the package is run. */
#ifndef SCAN_PLAN_H
#define SCAN_PLAN_H

#include "base/finding.h"
#include "base/index.h"
#include "base/str.h"
#include "scan/scan.h"

#define PLAN_UNITS 20000	/* files of one plan */

/* What the two compilers of one extension are given. */
enum { PLAN_CXX, PLAN_CUDA };
struct plan_pair { struct scan_flags flags[2]; };

/* The words of a command line as a shell would split it; false where only a shell could: $, `, ;, |, &, <, >. */
bool plan_split(struct run *run, const char *text, struct strings *out);

/* Response files of one setup.py or one compile_commands.json: each is read once, and all of them have one budget. */
struct plan_responses {
	struct index index;	/* of their paths */
	struct { struct strings *item; size_t n; } words;
	size_t spent;
};

/*
 * Adds what the words from first on say to flags; paths are relative to directory; @file, --options-file and -include are
 * heeded within the package (-include also in the system). language is set to what -x says. by is who gives a -std, or NULL.
 * All that a package says of its compilers comes through here, and no word that is not known gets further.
 */
void plan_flags(struct run *run, const struct scan_plan *plan, const struct strings *words, size_t first, const char *directory,
		const char *by, struct plan_responses *responses, struct scan_flags *flags, const char **language);

/* Whether a compiler that is given the word loads and runs nothing by it. */
bool plan_known(const char *word);

/* Whether a header's name has no way out of the include directories: "cstdint", "torch/extension.h". */
bool plan_known_include(const char *name);

/* The flags of torch's own build that come before the package's, and those after it; both may be called for no torch. */
void plan_torch_before(struct run *run, const struct scan_plan *plan, struct plan_pair *pair);
void plan_torch_after(struct run *run, const struct scan_plan *plan, const char *extension, struct plan_pair *pair);

/* A copy of the flags that the plan's units can share. */
const struct scan_flags *plan_share(struct run *run, const struct scan_plan *plan, const struct scan_flags *flags);

void plan_add(struct run *run, struct scan_plan *plan, const char *file, const struct scan_flags *flags);

/* Whether a name is that of a C++ or CUDA source; *cuda says which. */
bool plan_is_source(const char *name, bool *cuda);

/* What compile_commands.json says; false with run->error. */
bool plan_commands(struct run *run, const char *file, struct scan_plan *plan);

/* What setup.py's extensions are made of; env: "NAME=value", what the build will be given. False when it tells of none. */
bool plan_setup(struct run *run, const struct strings *env, struct scan_plan *plan);

/* Every source below dir but tests; false when there is none. */
bool plan_tree(struct run *run, struct scan_plan *plan, struct plan_pair *pair);

#endif
