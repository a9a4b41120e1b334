#include "cli/redact.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

/* Whether a name goes on at c. */
static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || (c & 0x80);
}

/* Every place of what, where no word goes on before or behind it, with instead. */
static const char *
replace(struct run *run, const char *text, const char *what, const char *instead)
{
	size_t length = what ? strlen(what) : 0;
	const char *out = "", *start = text;

	if (!length)
		return text;
	for (const char *at = text; (at = strstr(at, what));) {
		bool whole = (at == text || !in_word(at[-1])) && !in_word(at[length]);

		if (whole) {
			out = str_format(&run->arena, "%s%.*s%s", out, (int)(at - start), start, instead);
			start = at + length;
		}
		at += length;
	}
	return str_format(&run->arena, "%s%s", out, start);
}

/* /home/anyone/x: the word behind /home/. */
static const char *
others(struct run *run, const char *text)
{
	static const char mark[] = "/home/";
	const char *at = text;

	while ((at = strstr(at, mark))) {
		size_t before = (size_t)(at - text) + sizeof(mark) - 1, name = strcspn(at + sizeof(mark) - 1, "/ \n\"':,)");

		text = str_format(&run->arena, "%.*s%s%s", (int)before, text, name ? "USER" : "", text + before + name);
		at = text + before;
	}
	return text;
}

/* The first word of a file. */
static const char *
word_of(struct run *run, const char *file)
{
	struct blob text;

	if (!world_read(run, file, 256, &text))
		return NULL;
	return str_trim(&run->arena, text.data, strcspn(text.data, "\n"));
}

const char *
redact(struct run *run, const char *text)
{
	static const char *const variables[] = { "USER", "LOGNAME", "SUDO_USER" };
	static const char *const files[] = { "/proc/sys/kernel/hostname", "/etc/hostname" };
	const char *home = run_env(run, "HOME"), *name;

	if (home && home[0] == '/' && home[1])
		text = replace(run, text, path_clean(&run->arena, run->cwd, home), "~");
	text = others(run, text);
	name = home ? path_name(home) : NULL;
	for (size_t i = 0; i <= sizeof(variables) / sizeof(variables[0]); i++) {
		if (name && strcmp(name, "root") != 0)
			text = replace(run, text, name, "USER");
		name = i < 3 ? run_env(run, variables[i]) : NULL;
	}
	for (size_t i = 0; i < 2; i++) {
		name = word_of(run, files[i]);
		if (name && strcmp(name, "localhost") != 0)
			text = replace(run, text, name, "HOST");
	}
	name = run_env(run, "HOSTNAME");
	return name ? replace(run, text, name, "HOST") : text;
}
