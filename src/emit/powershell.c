/*
 * PowerShell: within single quotes only the quote is special, and is doubled; it takes the typographic quotes U+2018 to U+201B
 * for the same. Not run: checked as text only.
 */
#include <string.h>

#include "base/str.h"
#include "emit/text.h"

static const char *
quote(struct arena *arena, const char *value)
{
	char *text = arena_alloc(arena, 2 * strlen(value) + 3), *to = text;

	*to++ = '\'';
	while (*value) {
		size_t n = str_starts(value, "\xe2\x80") && strchr("\x98\x99\x9a\x9b", value[2]) && value[2] ? 3 : 1;

		if (n == 3 || *value == '\'') {
			memcpy(to, value, n);
			to += n;
		}
		memcpy(to, value, n);
		to += n;
		value += n;
	}
	*to = '\'';
	return text;
}

static const struct dialect dialect = {
	.set = "$env:@N = @V",
	.unset = "Remove-Item -ErrorAction SilentlyContinue -LiteralPath Env:@N",
	.prepend_path = "$env:@N = @V + [IO.Path]::PathSeparator + $env:@N",
	.quote = quote,
	.unicode = true,
};

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	return text_render(run, "powershell", &dialect, changes, out);
}

const struct emitter emitter_powershell = { "powershell", "PowerShell (not run)", false, render };
