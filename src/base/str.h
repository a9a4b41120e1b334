/* str.h: text made in an arena. All functions are pure; none returns NULL unless it says so. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Bytes with a length; text is followed by a NUL that is not counted. */
struct blob { char *data; size_t size; };

const char *str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *str_copy(struct arena *arena, const char *text, size_t length);
bool str_starts(const char *text, const char *with);
bool str_ends(const char *text, const char *with);
bool str_same(const char *a, const char *b);	/* NULL equals only NULL */

const char *str_size(struct arena *arena, size_t bytes);	/* "64 kB", "4 MB", rounded down */

/* The text as one word of a POSIX shell: as it is where that is safe, else in single quotes. */
const char *str_quote(struct arena *arena, const char *text);

/* The text between start and the next end character (or the end of text), trimmed of blanks. */
const char *str_trim(struct arena *arena, const char *text, size_t length);

/* First place of needle in the blob, or NULL. */
const char *blob_find(const struct blob *blob, const char *needle);

/* Walks lines: sets line and length, moves at; false at the end. Start with *at = 0. CR before LF is dropped. */
bool blob_line(const struct blob *blob, size_t *at, const char **line, size_t *length);

void strings_add(struct arena *arena, struct strings *list, const char *text);
void strings_add_some(struct arena *arena, struct strings *list, const char *const *item, size_t n);	/* all but NULLs */

/* Texts as an argument with their number: a NULL among them ends nothing. */
#define TEXTS(...) (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)

void strings_add_once(struct arena *arena, struct strings *list, const char *text);
bool strings_has(const struct strings *list, const char *text);
void strings_sort(struct strings *list);
const char *strings_join(struct arena *arena, const struct strings *list, const char *between);

/* The pieces of text between separators; empty pieces are kept. */
struct strings str_split(struct arena *arena, const char *text, char separator);

#endif
