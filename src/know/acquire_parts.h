/* acquire_parts.h: what the files acquire*.c know of each other. */
#ifndef KNOW_ACQUIRE_PARTS_H
#define KNOW_ACQUIRE_PARTS_H

#include "know/acquire.h"
#include "know/system.h"

enum thing {
	THING_GXX,
	THING_GXX_N,
	THING_HEADERS,
	THING_VENV,
	THING_DRIVER,
	THING_LIBCLANG,
	THING_TOOLKIT,
	THING_REPO,
	THING_PACKAGE,
	THING_PIP,
	THING_UV,
	THING_ENSUREPIP,
	THING_GET_PIP,
	THING_NEW_VENV,
	THING_UV_VENV,
	THING_GET_UV,
	THING_CONDA_CREATE,
	THING_CONDA_INSTALL,
	THING_PIXI,
	THING_GET_MICROMAMBA,
};

/* The words that a row's {blanks} stand for, besides those of the system. */
struct blanks {
	const char *cuda, *repo, *gcc, *python, *py, *what, *prefix;
};

/* The row's command; NULL where this distribution has none, or nobody may install here. */
const char *
acquire_row(struct run *run, const struct system *system, enum thing thing, const struct blanks *blanks);

/* The same for the rows that are of no distribution. */
const char *
acquire_any(struct run *run, const struct system *system, enum thing thing, const struct blanks *blanks);

/* A new environment of conda in that folder, by whatever of its kind is here; else by one that is fetched. */
const char *
acquire_conda_create(struct run *run, const struct system *system, const char *prefix, const char *what);

/* "3.11" of a Python, "python3.11" as its folders are called (python3.13t). */
const char *acquire_py(struct run *run, const struct python *python);
const char *acquire_py_name(struct run *run, const struct python *python);

/* A new virtual environment in that folder, with what has to be typed before; NULL: none can be made. */
const char *acquire_new_venv(struct run *run, const struct system *system, const struct python *python,
			     const char *prefix);

/* NVIDIA's name for the release in its repositories, if that has this CUDA (NULL: any); NULL: it has none. */
const char *acquire_repo(const struct system *system, const struct version *cuda);

/* The same command behind one that asks Debian for contrib and non-free, where the machine does not; NULL stays NULL. */
const char *acquire_with_non_free(struct run *run, const struct system *system, const char *command);

struct acquired acquire_said(const char *words);
struct acquired acquire_by(const char *command);

#endif
