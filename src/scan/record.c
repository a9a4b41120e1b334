/* Fields that end in NUL, because a path holds any other byte; a record is its kind, the number of its fields, and they. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scan/engine.h"

void
record_add(struct run *run, struct blob *to, const char *kind, const char *const *fields, size_t n)
{
	char count[2] = { (char)('0' + n), '\0' };
	const char *all[12] = { kind, count };
	size_t size = to->size;
	struct blob out;

	for (size_t i = 0; i < n; i++)
		all[i + 2] = fields[i];
	for (size_t i = 0; i < n + 2; i++)
		size += strlen(all[i]) + 1;
	out = (struct blob){ arena_alloc(&run->arena, size + 1), 0 };
	if (to->size)
		memcpy(out.data, to->data, out.size = to->size);
	for (size_t i = 0; i < n + 2; i++) {
		memcpy(out.data + out.size, all[i], strlen(all[i]) + 1);
		out.size += strlen(all[i]) + 1;
	}
	*to = out;
}

void
record_write(struct run *run, int fd, const char *kind, const char *const *fields, size_t n)
{
	struct blob record = { 0 };

	record_add(run, &record, kind, fields, n);
	for (size_t at = 0; at < record.size;) {
		ssize_t wrote = write(fd, record.data + at, record.size - at);

		if (wrote <= 0)
			_exit(1);
		at += (size_t)wrote;
	}
}

static const char *
next(struct run *run, const struct blob *text, size_t *at)
{
	const char *start = text->data + *at, *end = *at < text->size ? memchr(start, '\0', text->size - *at) : NULL;

	if (!end)
		return NULL;
	*at += (size_t)(end - start) + 1;
	return str_copy(&run->arena, start, (size_t)(end - start));
}

static void
take(struct run *run, const char *kind, const char *const *field, size_t n, struct reading *out)
{
	if (strcmp(kind, "own") == 0 && n == 1)
		strings_add(&run->arena, &out->own, field[0]);
	else if (strcmp(kind, "absent") == 0 && n == 1)
		strings_add(&run->arena, &out->absent, field[0]);
	else if (strcmp(kind, "said") == 0 && n == 7)
		*list_add(&run->arena, &out->said) = (struct said){
			.place = (unsigned)atoi(field[0]), .file = field[1], .line = atoi(field[2]), .column = atoi(field[3]),
			.text = field[4], .from = field[5], .note = field[6] };
}

bool
record_read(struct run *run, const struct blob *text, struct reading *out)
{
	for (size_t at = 0;;) {
		const char *kind = next(run, text, &at), *count = next(run, text, &at), *field[9];
		size_t n = count && *count >= '0' && *count <= '9' ? (size_t)(*count - '0') : 9;

		if (!kind || !count)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!(field[i] = next(run, text, &at)))
				return false;
		if (strcmp(kind, "end") == 0)
			return true;
		take(run, kind, field, n, out);
	}
}
