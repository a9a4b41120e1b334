/* path.h: paths as text. All pure. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "base/arena.h"

const char *path_join(struct arena *arena, const char *directory, const char *name);
const char *path_parent(struct arena *arena, const char *path);	/* "/" for "/x"; "." for "x" */
const char *path_name(const char *path);			/* behind the last slash */

/* Absolute, with "//", "/./" and a trailing slash removed; ".." stays, because a link may stand before it. */
const char *path_clean(struct arena *arena, const char *cwd, const char *path);

/* Whether path is directory or lies below it. */
bool path_below(const char *path, const char *directory);

#endif
