#include "base/path.h"

#include <string.h>

#include "base/str.h"

const char *
path_join(struct arena *arena, const char *directory, const char *name)
{
	size_t n = strlen(directory), m = strlen(name);
	char *path = arena_alloc(arena, n + m + 2);

	memcpy(path, directory, n);
	if (n && path[n - 1] != '/')
		path[n++] = '/';
	memcpy(path + n, name, m);
	return path;
}

const char *
path_parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : str_copy(arena, path, (size_t)(slash - path));
}

const char *
path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *
path_clean(struct arena *arena, const char *cwd, const char *path)
{
	const char *whole = path[0] == '/' ? path : path_join(arena, cwd, path);
	char *clean = arena_alloc(arena, strlen(whole) + 2), *to = clean;

	while (*whole) {
		size_t length;

		whole += strspn(whole, "/");
		length = strcspn(whole, "/");
		if (length && !(length == 1 && whole[0] == '.')) {
			*to++ = '/';
			memcpy(to, whole, length);
			to += length;
		}
		whole += length;
	}
	if (to == clean)
		*to++ = '/';
	*to = '\0';
	return clean;
}

bool
path_below(const char *path, const char *directory)
{
	size_t n = strlen(directory);

	if (n == 1)
		return path[0] == '/';
	return strncmp(path, directory, n) == 0 && (path[n] == '\0' || path[n] == '/');
}
