/* loaded.h: which files the process of `import torch` would get in this environment, and which in a clean one. */
#ifndef CHECK_LOADED_H
#define CHECK_LOADED_H

#include "check/check.h"
#include "load/loader.h"

/* A library that the environment puts in the place of another. */
struct intruder {
	const char *soname;
	struct found found;	/* what is loaded, and by which entry */
	bool preloaded;
	const char *instead_of;	/* the file that would be loaded without the environment */
	const char *version, *other_version;	/* of both, where their names or wheels tell; else NULL */
	bool same_content;	/* they are copies of one file */
	const char *user;	/* a file of the process that needs it … */
	const char *symbol;	/* … and a symbol that it needs of it, which only the other file has; NULL: none is missing */
};
struct intruders { struct intruder *item; size_t n; };

/* What LD_LIBRARY_PATH and LD_PRELOAD change; both processes are opened here. */
struct intruders loaded_intruders(struct run *run, const struct machine *machine, struct loader *now, struct loader *clean);

/* The version of a library: of its real file's name, of the wheel that it lies in, or of cudnn_version.h; NULL: not told. */
const char *loaded_version(struct run *run, const char *path);

/* Of one release: cuDNN's own file is called 9.1.0, and its wheel 9.1.0.70, which numbers the build too. NULL is of none. */
bool loaded_same_version(const char *a, const char *b);

/* Whether two files are copies of one. */
bool loaded_same_content(struct run *run, const char *a, const char *b);

#endif
