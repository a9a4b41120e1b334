/* tree.h: the sources of an extension, read as text; nothing of them is run. */
#ifndef CHECK_TREE_H
#define CHECK_TREE_H

#include "base/str.h"
#include "check/profile.h"

/* Adds to out what setup.py, pyproject.toml, CMakeLists.txt and PKG-INFO of a folder say; false when it has none of them, or,
 * with run->error, a setup.py that is no Python. */
bool tree_read(struct run *run, const char *dir, struct profile *out);

/* One file's part, for its text; file is for what is said of it. */
void tree_setup(struct run *run, const char *file, const struct blob *text, struct profile *out);
void tree_pyproject(struct run *run, const char *file, const struct blob *text, struct profile *out);
void tree_cmake(struct run *run, const char *file, const struct blob *text, struct profile *out);

/* The newest -std=c++NN or gnu++NN in a line; 0: none. */
int tree_std(struct run *run, const char *line, size_t length);

#endif
