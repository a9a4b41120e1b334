/* A command line as POSIX splits it. No shell is started: what only one could do (expand, pipe, chain) is refused. */
#include <string.h>

#include "scan/plan.h"

/* One quoted or bare piece at *at; moves on. False where a shell is needed. */
static bool
take_piece(const char **at, char **to)
{
	const char *from = *at, *close;

	if (*from == '\'') {
		close = strchr(from + 1, '\'');
		if (!close)
			return false;
		memcpy(*to, from + 1, (size_t)(close - from - 1));
		*to += close - from - 1;
		*at = close + 1;
		return true;
	}
	if (*from == '"') {
		for (from++; *from && *from != '"'; from++) {
			if (*from == '$' || *from == '`')
				return false;
			if (*from == '\\' && from[1] && strchr("\"\\$`\n", from[1]))
				from++;
			*(*to)++ = *from;
		}
		*at = from + 1;
		return *from == '"';
	}
	if (strchr("$`;|&<>()", *from))
		return false;
	if (*from == '\\' && from[1])
		from++;
	*(*to)++ = *from;
	*at = from + 1;
	return true;
}

bool
plan_split(struct run *run, const char *text, struct strings *out)
{
	char *to = arena_alloc(&run->arena, strlen(text) + 1);	/* a word's end takes the place of the blank behind it */

	while (*(text += strspn(text, " \t\n\r"))) {
		strings_add(&run->arena, out, to);
		while (*text && !strchr(" \t\n\r", *text))
			if (!take_piece(&text, &to))
				return false;
		*to++ = '\0';
	}
	return true;
}
