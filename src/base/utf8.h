/* utf8.h: text that should be UTF-8 and may be anything, as file names may. All pure. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Bytes of the character at text (1 to 4), its code point in out; 0, with U+FFFD, when the first byte starts none. */
size_t utf8_next(const char *text, unsigned *out);

bool utf8_valid(const char *text);

/* The text with U+FFFD in place of each bad byte; the text itself when it has none. */
const char *utf8_mended(struct arena *arena, const char *text);

#endif
