/* judge.h: does a built extension belong with this torch? Reads the module and what it would be loaded beside; runs nothing. */
#ifndef VERIFY_JUDGE_H
#define VERIFY_JUDGE_H

#include "base/run.h"
#include "cuenv.h"

struct judging {
	const char *module;		/* the built .so */
	const struct torch *torch;	/* what it will be imported beside */
	const struct python *python;	/* the Python that will load it */
	struct strings archs;		/* what was asked for: "sm_80", "compute_90" */
};

/*
 * Adds one fact for each thing that was proved (undefined symbols, std::string's ABI, cudart, GLIBCXX, archs) and one
 * finding for each that was disproved. False, with run->error, when the module cannot be read.
 */
bool judge_module(struct run *run, const struct judging *judging, struct facts *facts, struct findings *findings);

#endif
