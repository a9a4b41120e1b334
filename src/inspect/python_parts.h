/* python_parts.h: what the files python*.c know of each other. */
#ifndef INSPECT_PYTHON_PARTS_H
#define INSPECT_PYTHON_PARTS_H

#include "base/run.h"
#include "cuenv.h"

/* What site.py goes by when it makes sys.path. */
struct python_layout {
	const char *lib;	/* "python3.11", "python3.13t": the folder in lib/ */
	const char *platlib;	/* sys.platlibdir: "lib", "lib64" */
	bool in_venv;
	bool system_site;	/* a virtual environment that sees its base's packages, too */
};

/* All facts about the interpreter at this path but chosen_by; false, with a trace line, when it is none. */
bool python_settle(struct run *run, const char *executable, struct python *out);

/* The program that a pyenv shim starts here and now; program itself when it is no shim; NULL when it leads nowhere. */
const char *python_behind_shim(struct run *run, const char *program);

/* Fills site_dirs. */
void python_sites(struct run *run, const struct python_layout *layout, struct python *python);

#endif
