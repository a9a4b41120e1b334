/* choice.h: which toolkit is meant where no SPEC was given: CUENV_VERSION > .cuda-version upward > global > system. */
#ifndef SELECT_CHOICE_H
#define SELECT_CHOICE_H

#include "base/run.h"
#include "cuenv.h"

#define CHOICE_FILE ".cuda-version"

/* A SPEC that spec_parse takes, and who says so: "CUENV_VERSION", a file's path, or NULL where nobody does ("system"). */
struct chosen { const char *spec, *origin; };

/* False with run->error: a file that cannot be trusted or read, or whose text is no SPEC. */
bool choice_make(struct run *run, struct chosen *out);

/* What the file says; spec NULL when it is not there. False with run->error as above. */
bool choice_read(struct run *run, const char *file, struct chosen *out);

/* The nearest .cuda-version from the working directory upward, or NULL. */
const char *choice_nearest(struct run *run);

/* Where the working directory's .cuda-version is or would be, by the name that the shell knows the directory by. */
const char *choice_local(struct run *run);

/* The file that `cuenv global` writes; NULL where no HOME says a place. */
const char *choice_global(struct run *run);

/* What is chosen here beside what a build started here takes: they are two things until a shell follows the choice. */
struct choice_state {
	const char *spec, *origin;	/* as in struct chosen */
	const struct toolkit *chosen;	/* NULL: none here is what spec asks for */
	const struct toolkit *taken;	/* the active one; NULL: none */
	const char *differs;		/* one line, when somebody chose and the two are not the same; else NULL */
};

/* Of a machine that was surveyed for toolkits, and for torch. A choice that cannot be read is what differs says. */
struct choice_state choice_here(struct run *run, const struct machine *machine);

#endif
