#define _GNU_SOURCE
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
str_format(struct arena *arena, const char *format, ...)
{
	char small[256], *text;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(small, sizeof(small), format, args);
	va_end(args);
	if (length < 0)
		return "";
	if ((size_t)length < sizeof(small))
		return str_copy(arena, small, (size_t)length);
	text = arena_alloc(arena, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

const char *
str_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

bool
str_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

bool
str_ends(const char *text, const char *with)
{
	size_t n = strlen(text), m = strlen(with);

	return n >= m && memcmp(text + n - m, with, m) == 0;
}

bool
str_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

const char *
str_trim(struct arena *arena, const char *text, size_t length)
{
	static const char blank[] = " \t\r\n";

	while (length && strchr(blank, text[0]) && text[0])
		text++, length--;
	while (length && strchr(blank, text[length - 1]) && text[length - 1])
		length--;
	return str_copy(arena, text, length);
}

const char *
str_size(struct arena *arena, size_t bytes)
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB" };
	int unit = 0;

	for (; unit < 3 && bytes >= 1024; unit++)
		bytes /= 1024;
	return str_format(arena, "%zu %s", bytes, units[unit]);
}

const char *
str_quote(struct arena *arena, const char *text)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
	const char *quoted = "'";
	size_t n;

	if (*text && !text[strspn(text, safe)])
		return text;
	for (; *text; text += n) {
		n = strcspn(text, "'");
		quoted = str_format(arena, "%s%.*s%s", quoted, (int)n, text, text[n] ? "'\\''" : "");
		n += text[n] != '\0';
	}
	return str_format(arena, "%s'", quoted);
}

const char *
blob_find(const struct blob *blob, const char *needle)
{
	return blob->size ? memmem(blob->data, blob->size, needle, strlen(needle)) : NULL;
}

bool
blob_line(const struct blob *blob, size_t *at, const char **line, size_t *length)
{
	const char *start, *end;

	if (*at >= blob->size)
		return false;
	start = blob->data + *at;
	end = memchr(start, '\n', blob->size - *at);
	*line = start;
	*length = end ? (size_t)(end - start) : blob->size - *at;
	*at += *length + 1;
	if (*length && start[*length - 1] == '\r')
		--*length;
	return true;
}

void
strings_add(struct arena *arena, struct strings *list, const char *text)
{
	*list_add(arena, list) = text;
}

bool
strings_has(const struct strings *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->item[i], text) == 0)
			return true;
	return false;
}

void
strings_add_some(struct arena *arena, struct strings *list, const char *const *item, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (item[i])
			strings_add(arena, list, item[i]);
}

void
strings_add_once(struct arena *arena, struct strings *list, const char *text)
{
	if (!strings_has(list, text))
		strings_add(arena, list, text);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
strings_sort(struct strings *list)
{
	if (list->n > 1)
		qsort(list->item, list->n, sizeof(*list->item), compare);
}

const char *
strings_join(struct arena *arena, const struct strings *list, const char *between)
{
	size_t size = 0, gap = strlen(between);
	char *text, *at;

	for (size_t i = 0; i < list->n; i++)
		size += strlen(list->item[i]) + gap;
	at = text = arena_alloc(arena, size + 1);
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			at = stpcpy(at, between);
		at = stpcpy(at, list->item[i]);
	}
	return text;
}

struct strings
str_split(struct arena *arena, const char *text, char separator)
{
	struct strings pieces = { 0 };
	const char *end;

	for (; (end = strchr(text, separator)); text = end + 1)
		strings_add(arena, &pieces, str_copy(arena, text, (size_t)(end - text)));
	strings_add(arena, &pieces, text);
	return pieces;
}
