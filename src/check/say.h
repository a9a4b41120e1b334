/* say.h: the words and judgements that several checks, and verify, have in common. */
#ifndef CHECK_SAY_H
#define CHECK_SAY_H

#include "build/compiler.h"
#include "check/check.h"

/* A finding with its evidence: say(run, out, code, severity, what, remedy, TEXT…), one text for each; a NULL is none. */
#define say(run, out, code, severity, what, remedy, ...) \
	say_texts(run, out, code, severity, what, remedy, TEXTS(__VA_ARGS__))
struct finding *say_texts(struct run *run, struct findings *out, const char *code, enum severity severity,
			  const char *what, const char *remedy, const char *const *evidence, size_t n);

const char *say_toolkit(struct run *run, const struct toolkit *toolkit);	/* "/x/bin/nvcc: CUDA 12.4.131" */
const char *say_torch(struct run *run, const struct torch *torch);	/* "/x/version.py: torch 2.5.1, CUDA 12.4" */
const char *say_variable(struct run *run, const char *name);		/* "CPATH=/x" */

/* The command that takes one element out of a search path: "export LD_LIBRARY_PATH=/a:/c", or unset. */
const char *say_without(struct run *run, const char *name, const char *entry);

/* The toolkit here that suits torch best, besides one: of the same minor, else of the same major; NULL: none. */
const struct toolkit *fit_toolkit(const struct machine *machine, const struct toolkit *besides);

/* The SPEC that names a toolkit: "12.4.131". */
const char *fit_spec(struct run *run, const struct toolkit *toolkit);

/* How to get a toolkit of that CUDA; NULL: of torch's, else the newest that suits. */
const char *fit_fetch(struct run *run, const struct machine *machine, const struct version *cuda);

/* The command by which this shell takes the best toolkit here, or by which to get one. */
const char *fit_command(struct run *run, const struct machine *machine, const struct toolkit *besides);

#endif
