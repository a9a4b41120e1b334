#include "base/package.h"

#include <ctype.h>

static int
plain(char c)
{
	return c == '_' || c == '.' ? '-' : tolower((unsigned char)c);
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
