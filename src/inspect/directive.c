/*
 * Translation phases 2 to 4 of a C compiler (C11, 5.1.1.2) as far as they say which lines are directives: a line continued
 * by a backslash is one line, a comment is a blank, and a # counts only as the first character of a line.
 */
#define _GNU_SOURCE
#include "inspect/directive.h"

#include <string.h>

void
directives_start(struct directives *in, const struct blob *text)
{
	in->at = text->data;
	in->end = text->data + text->size;
}

static bool
see(const struct directives *in, const char *what)
{
	size_t length = strlen(what);

	return (size_t)(in->end - in->at) >= length && memcmp(in->at, what, length) == 0;
}

/* Steps over a backslash and the line's end behind it. */
static bool
skip_joint(struct directives *in)
{
	size_t length = see(in, "\\\n") ? 2 : see(in, "\\\r\n") ? 3 : 0;

	in->at += length;
	return length > 0;
}

static bool
skip_comment(struct directives *in)
{
	const char *end;

	if (see(in, "//")) {
		while (in->at < in->end && *in->at != '\n')
			if (!skip_joint(in))
				in->at++;
		return true;
	}
	if (!see(in, "/*"))
		return false;
	end = memmem(in->at + 2, (size_t)(in->end - in->at - 2), "*/", 2);
	in->at = end ? end + 2 : in->end;
	return true;
}

/* A string or character constant; one that the line's end cuts off ends there. */
static bool
skip_literal(struct directives *in)
{
	char quote = *in->at;

	if (quote != '"' && quote != '\'')
		return false;
	for (in->at++; in->at < in->end && *in->at != '\n'; in->at++) {
		if (*in->at == quote) {
			in->at++;
			break;
		}
		if (*in->at == '\\' && in->end - in->at > 1)
			in->at++;
	}
	return true;
}

/* Whether more than the character itself may begin here. */
static bool
special(char c)
{
	return c == '/' || c == '\\' || c == '"' || c == '\'';
}

static void
skip_line(struct directives *in)
{
	while (in->at < in->end && *in->at != '\n')
		if (!special(*in->at) || (!skip_joint(in) && !skip_comment(in) && !skip_literal(in)))
			in->at++;
}

static void
copy_line(struct directives *in)
{
	size_t n = 0;

	while (in->at < in->end && *in->at != '\n') {
		char c = *in->at;

		if (special(c) && skip_joint(in))
			continue;
		if (special(c) && skip_comment(in))
			c = ' ';
		else
			in->at++;
		if (n + 1 < sizeof(in->line))
			in->line[n++] = c ? c : ' ';
	}
	in->line[n] = '\0';
}

static void
split_line(struct directives *in)
{
	const char *at = in->line + strspn(in->line, " \t");
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz_");

	in->rest = at + n;
	if (n >= sizeof(in->name))
		n = 0;
	memcpy(in->name, at, n);
	in->name[n] = '\0';
}

bool
directives_next(struct directives *in)
{
	while (in->at < in->end) {
		if (*in->at == '\n' || *in->at == ' ' || (*in->at >= '\t' && *in->at <= '\r')) {
			in->at++;
		} else if (*in->at == '#') {
			in->at++;
			copy_line(in);
			split_line(in);
			return true;
		} else if (!skip_comment(in) && !skip_joint(in)) {
			skip_line(in);
		}
	}
	return false;
}
