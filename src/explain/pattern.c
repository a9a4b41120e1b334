/* The patterns of causes.def against one line. Each {} takes the nearest text that lets the rest fit, a few tries at most. */
#define _GNU_SOURCE
#include <string.h>

#include "explain/scan.h"

#define TRIES 24	/* places of one literal text in one line */

struct place {
	const char *line_end, *window;	/* where the line ends, and where what may be looked at */
	struct captures *captures;
};

/* The end of a literal text that starts here. */
static const char *
literal_end(const char *pattern, const char *end)
{
	while (pattern < end && *pattern != '{' && *pattern != '\n' && !(*pattern == '$' && pattern + 1 == end))
		pattern++;
	return pattern;
}

/* Whether text fits glob, in which only * is special: the last * is the only one to come back to. */
static bool
glob_fits(const char *glob, size_t glob_length, const char *text, size_t length)
{
	size_t g = 0, t = 0, star = glob_length, from = 0;

	while (t < length) {
		if (g < glob_length && glob[g] == '*') {
			star = g++;
			from = t;
		} else if (g < glob_length && glob[g] == text[t]) {
			g++, t++;
		} else if (star < glob_length) {
			g = star + 1;
			t = ++from;
		} else {
			return false;
		}
	}
	while (g < glob_length && glob[g] == '*')
		g++;
	return g == glob_length;
}

static bool
any_glob_fits(const char *globs, const char *end, const char *text, size_t length)
{
	while (globs < end) {
		const char *bar = memchr(globs, '|', (size_t)(end - globs));
		const char *stop = bar ? bar : end;

		if (glob_fits(globs, (size_t)(stop - globs), text, length))
			return true;
		globs = stop + 1;
	}
	return false;
}

/* Keeps what {word:globs} stood for; false when it may not stand for it. word and close are just inside the braces. */
static bool
capture(const char *word, const char *close, const char *text, const char *end, struct captures *captures)
{
	const char *colon = memchr(word, ':', (size_t)(close - word));
	size_t length = (size_t)(end - text);
	struct captured *c;

	if (word == close || *word == '/')
		return true;
	if (!length || length >= sizeof(c->text) || memchr(text, '\n', length) || captures->n == 4 ||
	    (colon && !any_glob_fits(colon + 1, close, text, length)))
		return false;
	c = &captures->item[captures->n++];
	c->word = word;
	c->length = (int)((colon ? colon : close) - word);
	memcpy(c->text, text, length);
	c->text[length] = '\0';
	return true;
}

/* Where a word at a pattern's end stops. */
static const char *
word_end(const char *at, const char *end)
{
	static const char stops[] = "'\"`:;,() \t\r\n\xe2";	/* the last: typographic quotes in UTF-8 */

	while (at < end && !strchr(stops, *at))
		at++;
	return at;
}

static const char *
skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static bool fits_here(const char *pattern, const char *end, const char *at, struct place *place);

/* From the brace on: the gap, then the literal text behind it, then the rest. */
static bool
gap_fits(const char *pattern, const char *end, const char *at, struct place *place)
{
	const char *close = memchr(pattern, '}', (size_t)(end - pattern)), *next, *limit, *found = at;
	size_t kept = place->captures->n, n;

	if (!close)
		return false;
	next = literal_end(close + 1, end);
	n = (size_t)(next - close - 1);
	if (!n)
		return capture(pattern + 1, close, at, word_end(at, place->line_end), place->captures);
	limit = at > place->line_end ? memchr(at, '\n', (size_t)(place->window - at)) : place->line_end;
	if (pattern[1] == '/' || !limit)
		limit = place->window;
	for (int tries = 0; tries < TRIES && at < limit; tries++) {
		const char *from = tries ? found + 1 : at;

		found = from < limit ? memmem(from, (size_t)(limit - from), close + 1, n) : NULL;
		if (!found)
			return false;
		if (capture(pattern + 1, close, at, found, place->captures) && fits_here(next, end, found + n, place))
			return true;
		place->captures->n = kept;
	}
	return false;
}

static bool
fits_here(const char *pattern, const char *end, const char *at, struct place *place)
{
	if (pattern == end)
		return true;
	if (*pattern == '$')
		return skip_blanks(at, place->line_end) == place->line_end;
	return *pattern == '{' && gap_fits(pattern, end, at, place);
}

/* One alternative, whose first literal text may stand anywhere in the line. */
static bool
alternative_fits(const char *pattern, const char *end, const char *line, struct place *place)
{
	bool bound = *pattern == '^';
	const char *start = pattern + bound, *next = literal_end(start, end), *at;
	size_t n = (size_t)(next - start);

	for (int tries = 0; tries < TRIES; tries++, line = at + 1) {
		if (bound)
			line = skip_blanks(line, place->line_end);
		place->captures->n = 0;
		at = line < place->line_end ? memmem(line, (size_t)(place->line_end - line), start, n) : NULL;
		if (!at || (bound && at != line))
			return false;
		if (fits_here(next, end, at + n, place))
			return true;
	}
	return false;
}

bool
pattern_fits(const char *pattern, const char *line, const char *line_end, const char *window, struct captures *out)
{
	struct place place = { line_end, window, out };

	while (*pattern) {
		const char *end = strchrnul(pattern, '\n');

		if (alternative_fits(pattern, end, line, &place))
			return true;
		pattern = end + (*end == '\n');
	}
	return false;
}

const char *
pattern_anchor(const char *pattern, const char **end, size_t *length)
{
	const char *best = pattern, *stop = strchrnul(pattern, '\n'), *at = pattern + (*pattern == '^');

	*length = 0;
	while (at < stop) {
		const char *next = literal_end(at, stop), *close;

		if ((size_t)(next - at) > *length) {
			best = at;
			*length = (size_t)(next - at);
		}
		close = *next == '{' ? memchr(next, '}', (size_t)(stop - next)) : NULL;
		at = close ? close + 1 : stop;
	}
	*end = stop;
	return best;
}
