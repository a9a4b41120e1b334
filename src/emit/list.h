/* list.h: ':' lists and the environment, as activation and the emitters need them. All pure. */
#ifndef EMIT_LIST_H
#define EMIT_LIST_H

#include "base/run.h"
#include "cuenv.h"

/* A variable of an environment, "" told from NULL, which is unset. */
const char *list_env(char *const *variables, const char *name);

/* The list with element before it; a list that is NULL or "" becomes the element alone, so that none is empty. */
const char *list_prepend(struct arena *arena, const char *list, const char *element);

/* The list without the first place of element; NULL when nothing is left. */
const char *list_remove(struct arena *arena, const char *list, const char *element);

bool list_has(const char *list, const char *element);

/* What a variable is after a change of it. */
const char *list_after(struct arena *arena, const struct change *change, const char *before);

#endif
