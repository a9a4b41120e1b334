#include "base/cxx.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

static const char *const pairs[][2] = { { "clang++", "clang" }, { "g++", "gcc" }, { "c++", "cc" } };

const char *
cxx_of_c(struct run *run, const char *cc)
{
	const char *name = path_name(cc);

	for (size_t i = 0; i < 3; i++) {
		const char *at = strstr(name, pairs[i][1]);

		if (strstr(name, pairs[i][0]))
			return cc;
		if (at)
			return str_format(&run->arena, "%.*s%s%s", (int)(at - cc), cc, pairs[i][0], at + strlen(pairs[i][1]));
	}
	return cc;
}

const char *
cxx_c_sibling(struct run *run, const char *cxx)
{
	const char *name = path_name(cxx), *directory = path_parent(&run->arena, cxx);

	for (size_t i = 0; i < 3; i++) {
		const char *at = strstr(name, pairs[i][0]), *sibling;

		if (!at || (i == 1 && at > name && at[-1] != '-'))
			continue;
		sibling = str_format(&run->arena, "%s/%.*s%s%s", directory, (int)(at - name), name, pairs[i][1],
				     at + strlen(pairs[i][0]));
		return world_is_program(run, sibling) ? sibling : cxx;
	}
	return cxx;
}

int
cxx_standard(const char *word)
{
	static const char *const drafts[] = { "0x", "11", "1y", "14", "1z", "17", "2a", "20", "2b", "23", "2c", "26" };

	word += word[0] == '-' && word[1] == '-';
	if (!str_starts(word, "-std=c++") && !str_starts(word, "-std=gnu++"))
		return 0;
	word = strrchr(word, '+') + 1;
	for (size_t i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i += 2)
		if (strncmp(word, drafts[i], 2) == 0)
			return atoi(drafts[i + 1]);
	return strncmp(word, "98", 2) && strncmp(word, "03", 2) && isdigit((unsigned char)word[0]) ? atoi(word) % 100 : 1;
}

const char *
cxx_misread(struct run *run, const char *path)
{
	const char *at = path ? strpbrk(path, "$`\"") : NULL;

	if (!at)
		return NULL;
	return str_format(&run->arena, "nvcc hands the path %s to a shell, which would read the '%c' in it; rename that folder",
			  path, *at);
}

bool
cxx_is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=.,:+/@%~ ";
	bool quotes = str_starts(word, "-D");	/* which nvcc escapes there */

	for (; *word; word++)
		if (!strchr(plain, *word) && !((unsigned char)*word & 0x80) && !(quotes && *word == '"'))
			return false;
	return true;
}
