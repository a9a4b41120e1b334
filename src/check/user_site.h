/* user_site.h: the torch of an environment that one in ~/.local hides. */
#ifndef CHECK_USER_SITE_H
#define CHECK_USER_SITE_H

#include "check/check.h"

/* What makes Python pass over ~/.local. */
#define USER_SITE_REMEDY "export PYTHONNOUSERSITE=1"

/* The environment's own torch, where the torch at hand is in the user's site-packages and so comes before it. */
bool user_site_hides(struct run *run, const struct machine *machine, struct torch *out);

#endif
