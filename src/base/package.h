/* package.h: the packages of a Python by name, spelled in any of pip's ways: onnxruntime-gpu, onnxruntime_gpu. Pure. */
#ifndef BASE_PACKAGE_H
#define BASE_PACKAGE_H

#include "base/run.h"
#include "cuenv.h"

/* The first package of that name on sys.path, or NULL. */
const struct package *package_find(const struct packages *packages, const char *name);

/* The name in the one way that all of them have in common: lower case, with hyphens. */
const char *package_plain(struct run *run, const char *name);

/* Whether both name the same package: case, and which of - _ . is written, do not matter. */
bool package_same(const char *a, const char *b);

#endif
