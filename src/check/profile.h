/* profile.h: what building a package asks for, from data/packages.json or from its own sources. */
#ifndef CHECK_PROFILE_H
#define CHECK_PROFILE_H

#include "base/run.h"
#include "base/version.h"

/* The -std that setup.py gives for a torch up to that one; n == 0: for any. */
struct pin { struct version torch_max; int std; };

struct profile {
	const char *name;	/* "mmcv"; NULL: nobody knows the name of these sources */
	const char *version;	/* that was asked for, or that the sources state; NULL: whichever pip takes */
	const char *covers;	/* "mmcv 2.1.0 to 2.2.0"; NULL: the sources alone */
	const char *target;	/* what pip is given: "mmcv==2.2.0", "git+https://…", "/x/mmcv" */
	const char *dir;	/* the sources, or NULL */
	bool cmake;		/* they have a CMakeLists.txt only, which pip cannot build */
	bool finds_torch;	/* find_package(Torch) */
	bool by_cmake;		/* setup.py or the build backend calls CMake, so that CMakeLists.txt counts */
	const char *source;	/* where the facts are from */
	const char *note;	/* one more thing worth knowing, or NULL */
	bool assumed;		/* no row has this version: the nearest one's is taken */
	const char *plain;	/* one sentence on a package that compiles nothing, else NULL */
	const char *instead;	/* the package that compiles what a plain one leaves out, or NULL */
	bool exact;		/* CUDA of the toolkit must be torch's, the minor too */
	int exact_from;		/* so from this CUDA major on; 0: never */
	struct version cuda_min, torch_min;
	bool scanned;		/* its sources lie here and are read one by one */
	struct version torch_max;	/* the last torch whose headers its sources compile with; n 0: none is known */
	struct version python_max;	/* the last Python that its setup.py runs under; n 0: none is known */
	const char *python_max_why;	/* what stops with a later one, and where */
	const char *torch_max_why;	/* what stops with a later one */
	struct { struct pin *item; size_t n; } pins;
	const char *pinned_by;	/* the file with the -std */
	struct strings defines;	/* "WITH_CUDA=1": -D in the text, whatever the build */
	struct strings imports;	/* what setup.py imports and Python does not have itself */
	struct strings imported_by;	/* "/x/setup.py:4: from pkg_resources import …", for each */
	struct strings env, env_no_gpu;
	struct strings archs;	/* "53": what setup.py gives nvcc whatever is asked for */
	const char *archs_by;
	bool asks_tensorflow;	/* for its flags */
	struct strings uses;	/* what the package imports when it is used, and does not have pip install */
	const char *uses_from;	/* the file that does */
	struct strings headers;	/* of other libraries, which it is built without where they are absent */
	int memory;		/* GB for one compiler */
	const char *index;	/* key of mmcv.json, or NULL */
};

/* The row for a package; version may be NULL. False when no row has that name, with run->error when the table is bad. */
bool profile_find(struct run *run, const char *name, const char *version, struct profile *out);

/* The names of all rows, each once, with ", " between. */
const char *profile_names(struct run *run);

/* The -std that is given with this torch; 0: none. */
int profile_pin(const struct profile *profile, const struct version *torch);

#endif
