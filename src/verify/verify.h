/* verify.h: builds samples/ext with a toolkit as torch would, and says whether the result and torch belong together. */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "base/run.h"
#include "cuenv.h"

enum answer { ANSWER_AGREE, ANSWER_NO, ANSWER_UNKNOWN };	/* also the exit code */

/* How much to do. Every probe judges what it builds; they differ in what they build. */
enum probe {
	PROBE_USUAL,	/* small headers; also where the answer is a foreseen no, as long as a build can show how it ends */
	PROBE_QUICK,	/* the same, but a foreseen no ends it before anything is compiled */
	PROBE_FULL,	/* torch/extension.h with pybind11 */
};

/* What the user asks for. */
struct wish {
	const struct toolkit *toolkit;
	const char *cxx;	/* --cxx, or NULL */
	const char *archs;	/* --arch, or NULL */
	enum probe probe;
	bool no_load;
	bool force;		/* take no remembered verdict */
	const char *keep;	/* where the build is to stay, or NULL */
	void (*progress)(const char *doing);	/* called before each step; may be NULL */
};

/* A thing that was done. */
struct step { const char *name, *said; double seconds; };
struct steps { struct step *item; size_t n; };

struct verdict {
	enum answer answer;
	const char *headline;		/* the answer in one line */
	struct steps steps;
	struct facts facts;
	struct findings findings;	/* what decides comes first */
	bool remembered;		/* taken from the cache: nothing that it rests on has changed */
};

/* False with run->error when it could not be tried at all. */
bool verify_toolkit(struct run *run, const struct machine *machine, const struct wish *wish, struct verdict *out);

#endif
