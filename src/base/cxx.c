#include "base/cxx.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

const char *
cxx_c_sibling(struct run *run, const char *cxx)
{
	static const char *const pairs[][2] = { { "clang++", "clang" }, { "g++", "gcc" }, { "c++", "cc" } };
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

bool
cxx_within(int gcc_max, int clang_max, bool is_clang, const struct version *version)
{
	int max = is_clang ? clang_max : gcc_max;

	return !max || !version->n || version->part[0] <= max;
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
