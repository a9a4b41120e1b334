/* check_file.h: cuenv check of what somebody built: a module, a wheel. */
#ifndef CLI_CHECK_FILE_H
#define CLI_CHECK_FILE_H

#include "base/run.h"
#include "cuenv.h"

/* What is said of a thing that was checked. */
struct said {
	const char *headline;
	struct facts facts;
	struct findings findings;
	const char *command;	/* to type, or NULL */
};

/* False with run->error: it is neither module nor wheel, or cannot be read. */
bool check_file(struct run *run, const struct machine *machine, const char *path, struct said *out);


/* A module that lies at path and is spoken of as shown; adds to out. False with run->error when it cannot be read. */
bool check_module(struct run *run, const struct machine *machine, const char *path, const char *shown, struct said *out);

#endif
