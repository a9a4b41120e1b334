#include "base/package.h"

#include <ctype.h>
#include <string.h>

static int
plain(char c)
{
	return c == '_' || c == '.' ? '-' : tolower((unsigned char)c);
}

const char *
package_plain(struct run *run, const char *name)
{
	char *text = arena_alloc(&run->arena, strlen(name) + 1);

	for (size_t i = 0; name[i]; i++)
		text[i] = (char)plain(name[i]);
	return text;
}

bool
package_same(const char *a, const char *b)
{
	while (*a && plain(*a) == plain(*b))
		a++, b++;
	return !*a && !*b;
}

const struct package *
package_find(const struct packages *packages, const char *name)
{
	for (size_t i = 0; i < packages->n; i++)
		if (package_same(packages->item[i].name, name))
			return &packages->item[i];
	return NULL;
}
