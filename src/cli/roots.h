/* roots.h: the list that `cuenv add` and `cuenv remove` keep: ${XDG_CONFIG_HOME:-~/.config}/cuenv/roots, one path per line. */
#ifndef CLI_ROOTS_H
#define CLI_ROOTS_H

#include "base/run.h"

/* The directory that a word of the user names, absolute; NULL with run->error when no line of the list could hold it. */
const char *roots_path(struct run *run, const char *word);

/* Adds or removes a line; changed says whether that was needed. False with run->error. */
bool roots_add(struct run *run, const char *path, bool *changed);
bool roots_remove(struct run *run, const char *path, bool *changed);

#endif
