/*
 * From lines to hits. A carriage return ends a line as far as words go (progress bars), but is not counted as one. What
 * only echoes a message is passed over: Python's "raise" and "warnings.warn", and the source that compilers show as "  132 | #error …".
 */
#define _GNU_SOURCE
#include "explain/scan.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

#define NEAR 4096	/* of an overlong line, so much before and behind a find is looked at */
#define AHEAD 3		/* lines behind a line that {/} may reach into */

/* Takes out what terminals obey: ESC [ … letter, ESC ] … BEL, ESC ( B. In place; the new size. */
static size_t
without_colours(char *data, size_t size)
{
	char *to = memchr(data, '\033', size), *end = data + size;

	if (!to)
		return size;
	for (char *at = to; at < end;) {
		if (*at != '\033') {
			*to++ = *at++;
			continue;
		}
		at++;
		if (at < end && *at == '[') {
			for (at++; at < end && *at >= 0x20 && *at < 0x40; at++)
				;
			at += at < end && *at >= 0x40;
		} else if (at < end && *at == ']') {
			while (at < end && *at != '\a' && *at != '\033' && *at != '\n')
				at++;
			at += at < end && *at == '\a';
		} else if (at < end && *at != '\n') {
			at += (*at == '(' || *at == ')') && at + 1 < end && at[1] != '\n' ? 2 : 1;
		}
	}
	return (size_t)(to - data);
}

static bool
is_echo(const char *line, const char *end)
{
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	if ((end - line > 6 && memcmp(line, "raise ", 6) == 0) || (end - line > 14 && memcmp(line, "warnings.warn(", 14) == 0))
		return true;
	if (line == end || !isdigit((unsigned char)*line))
		return false;
	while (line < end && isdigit((unsigned char)*line))
		line++;
	return end - line > 3 && memcmp(line, " | ", 3) == 0;
}

/* So much of a line as fits; never half a character. */
static void
clip(char *to, size_t room, const char *line, const char *end)
{
	size_t n;

	memset(to, 0, room);
	while (line < end && isspace((unsigned char)*line))
		line++;
	while (end > line && isspace((unsigned char)end[-1]))
		end--;
	n = (size_t)(end - line);
	if (n >= room) {
		n = room - 4;
		while (n && ((unsigned char)line[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(to, line, n);
	memcpy(to + n, "…", n < (size_t)(end - line) ? sizeof("…") : 0);
}

static bool
same_captures(const struct captures *a, const struct captures *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->item[i].text, b->item[i].text) != 0)
			return false;
	return true;
}

/* The hit that says the same, or a new one; NULL when there is no room. */
static struct hit *
hit_of(struct reading *out, const struct cause *cause, const struct captures *captures)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->hit[i].cause == cause && same_captures(&out->hit[i].captures, captures))
			return &out->hit[i];
	if (out->n == HITS) {
		out->more = true;
		return NULL;
	}
	out->hit[out->n] = (struct hit){ .cause = cause, .captures = *captures };
	return &out->hit[out->n++];
}

/* "=major": both versions that the line tells begin with the same number. */
static bool
same_major(const struct captures *captures)
{
	const char *text[2] = { "", "?" };

	for (size_t i = 0; i < captures->n; i++) {
		const struct captured *c = &captures->item[i];

		if (strncmp(c->word, "cuda", 4) == 0 || strncmp(c->word, "torch", 5) == 0)
			text[*c->word == 't'] = c->text;
	}
	return strcspn(text[0], ".") == strcspn(text[1], ".") && strncmp(text[0], text[1], strcspn(text[0], ".")) == 0;
}

struct line { const char *start, *end, *window; size_t number; };

/* What one row says of a line; true when no further row is to be asked. */
static bool
judge_row(const struct cause *cause, const struct line *line, struct reading *out)
{
	struct captures captures = { .n = 0 };
	struct hit *hit;

	if (!pattern_fits(cause->pattern, line->start, line->end, line->window, &captures) ||
	    (*cause->context == '=' && !same_major(&captures)))
		return false;
	if (cause->kind == CAUSE_FOLLOWER) {
		out->failed = true;
		return true;
	}
	if (cause->kind == CAUSE_MARK && out->error.line)
		return true;
	hit = cause->kind == CAUSE_MARK ? &out->error : hit_of(out, cause, &captures);
	if (hit && !hit->count++) {
		hit->line = line->number;
		clip(hit->text, sizeof(hit->text), line->start, line->end);
	}
	return *cause->context != '~' && *cause->context != '!';
}

static void
judge(const struct words *words, const struct line *line, struct reading *out)
{
	bool rows[CAUSES] = { false };

	words_mark(words, line->start, line->end, rows, out->seen);
	if (is_echo(line->start, line->end))
		return;
	for (int i = 0; causes[i].pattern; i++)
		if (rows[i] && judge_row(&causes[i], line, out))
			return;
}

static size_t
newlines(const char *at, const char *end)
{
	size_t n = 0;

	for (; at < end; at++)
		n += *at == '\n';
	return n;
}

/* The line that holds at, or the part of it that is near. */
static struct line
line_at(const char *data, const char *at, const char *end)
{
	const char *low = at - data > NEAR ? at - NEAR : data, *high = end - at > NEAR ? at + NEAR : end;
	struct line line = { at, at, NULL, 0 };

	while (line.start > low && line.start[-1] != '\n' && line.start[-1] != '\r')
		line.start--;
	while (line.end < high && *line.end != '\n' && *line.end != '\r')
		line.end++;
	line.window = line.end;
	for (int n = 0; n < AHEAD && line.window < high; n++) {
		const char *next = memchr(line.window + 1, '\n', line.window + 1 < high ? (size_t)(high - line.window - 1) : 0);

		line.window = next ? next : high;
	}
	return line;
}

void
scan(const struct words *words, char *data, size_t size, struct reading *out)
{
	const char *at = data, *counted = data, *end;

	end = data + without_colours(data, size);
	while ((at = words_next(words, at, end))) {
		struct line line = line_at(data, at, end);

		out->lines += newlines(counted, line.start);
		counted = line.start;
		line.number = out->lines + 1;
		judge(words, &line, out);
		at = line.end;
	}
	out->lines += newlines(counted, end);
}

void
scan_join(struct reading *out, const struct reading *piece)
{
	for (size_t i = 0; i < piece->n; i++) {
		const struct hit *from = &piece->hit[i];
		struct hit *hit = hit_of(out, from->cause, &from->captures);
		size_t count = hit ? hit->count : 0;

		if (!hit)
			continue;
		if (!count) {
			*hit = *from;
			hit->line += out->lines;
		} else {
			hit->count = count + from->count;
		}
	}
	if (!out->error.line && piece->error.line) {
		out->error = piece->error;
		out->error.line += out->lines;
	}
	for (int i = 0; causes[i].pattern; i++)
		out->seen[i] |= piece->seen[i];
	out->more |= piece->more;
	out->failed |= piece->failed;
	out->lines += piece->lines;
}

void
scan_settle(struct reading *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->n; i++) {
		const struct cause *cause = out->hit[i].cause;
		bool seen = out->seen[cause - causes];

		if ((*cause->context == '~' && !seen) || (*cause->context == '!' && seen) ||
		    (kept && out->hit[kept - 1].line == out->hit[i].line))
			continue;
		out->hit[kept++] = out->hit[i];
	}
	out->n = kept;
}
