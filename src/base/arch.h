/* arch.h: the spellings of a GPU architecture: 8.6, 86, sm_86, compute_86. Pure. */
#ifndef BASE_ARCH_H
#define BASE_ARCH_H

#include "base/arena.h"

/* "8.6", "86", "sm_86", "compute_86" → "86"; "9.0a" → "90a"; NULL when it is none of them. */
const char *arch_number(struct arena *arena, const char *text, size_t length);

/* "86" → "8.6", "120a" → "12.0a". */
const char *arch_dotted(struct arena *arena, const char *number);

#endif
