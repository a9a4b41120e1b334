#include "base/utf8.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

size_t
utf8_next(const char *text, unsigned *out)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)text[0];
	size_t n = first < 0x80 ? 1 : first >= 0xf5 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
	unsigned code = n < 2 ? first : first & (0xffu >> (n + 1));

	*out = 0xfffd;
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (n == 0 || code < least[n] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*out = code;
	return n;
}

static size_t
count_bad(const char *text)
{
	unsigned code;
	size_t bad = 0;

	while (*text) {
		size_t n = utf8_next(text, &code);

		bad += n == 0;
		text += n ? n : 1;
	}
	return bad;
}

const char *
utf8_mended(struct arena *arena, const char *text)
{
	size_t bad = count_bad(text);
	char *mended, *to;
	unsigned code;

	if (!bad)
		return text;
	mended = to = arena_alloc(arena, strlen(text) + 2 * bad + 1);
	while (*text) {
		size_t n = utf8_next(text, &code);

		memcpy(to, n ? text : REPLACEMENT, n ? n : 3);
		to += n ? n : 3;
		text += n ? n : 1;
	}
	return mended;
}

bool
utf8_valid(const char *text)
{
	unsigned point;

	while (*text) {
		size_t n = utf8_next(text, &point);

		if (!n)
			return false;
		text += n;
	}
	return true;
}
