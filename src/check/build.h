/* build.h: one build of one package with one toolkit, judged before it is started. Reads files; runs nothing. */
#ifndef CHECK_BUILD_H
#define CHECK_BUILD_H

#include "check/check.h"
#include "check/profile.h"

struct build {
	const struct machine *machine;	/* its toolkit is the one that the build will take */
	const struct profile *profile;
	struct findings scanned;	/* what reading the sources has found, with a -std that --repair has raised */
	char *const *environ;		/* that exec --build gives the build, NULL at its end */
	bool op;			/* of TensorFlow */
	int pin, demand;		/* -std that setup.py gives; that torch's and the toolkit's headers demand; 0: none */
	struct strings first;		/* what to give pip beforehand: "setuptools<82", "psutil" */
	struct facts facts;
	struct findings findings;	/* FAIL: nothing that cuenv types helps; WARN and NOTE: the command deals with it */
	const char *command;		/* to type; NULL: a finding is in the way */
};

/* Fills all but machine and profile. */
void build_judge(struct run *run, struct build *build);

/* The -std that torch's and the toolkit's headers demand; 0: none is known. */
int build_demand(const struct machine *machine);

/* Whether these sources are an op of TensorFlow; then the TensorFlow here, or NULL. */
const struct framework *build_is_tensorflow(const struct machine *machine, const struct profile *profile, bool *op);

/* The same as build_judge for such an op. */
void build_tensorflow(struct run *run, struct build *build, const struct framework *tensorflow);

/* The parts, each with its facts and findings. */
void build_packages(struct run *run, struct build *build);	/* what setup.py imports, isolation */
void build_wheels(struct run *run, struct build *build);	/* prebuilt ones of mmcv */
void build_command(struct run *run, struct build *build);

#endif
