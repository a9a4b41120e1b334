#include "emit/list.h"

#include <string.h>

#include "base/str.h"

const char *
list_env(char *const *variables, const char *name)
{
	size_t length = strlen(name);

	for (char *const *at = variables; at && *at; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
			return *at + length + 1;
	return NULL;
}

const char *
list_prepend(struct arena *arena, const char *list, const char *element)
{
	return list && *list ? str_format(arena, "%s:%s", element, list) : element;
}

/* Where element stands in list, from its first byte; NULL when nowhere. */
static const char *
find(const char *list, const char *element)
{
	size_t length = strlen(element);

	for (const char *at = list; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL)
		if (strncmp(at, element, length) == 0 && (at[length] == ':' || !at[length]))
			return at;
	return NULL;
}

bool
list_has(const char *list, const char *element)
{
	return find(list, element) != NULL;
}

const char *
list_remove(struct arena *arena, const char *list, const char *element)
{
	const char *at = find(list, element), *behind;

	if (!at)
		return list;
	behind = at + strlen(element);
	if (*behind == ':')
		return str_format(arena, "%.*s%s", (int)(at - list), list, behind + 1);
	return at == list ? NULL : str_copy(arena, list, (size_t)(at - list) - 1);
}

const char *
list_after(struct arena *arena, const struct change *change, const char *before)
{
	switch (change->kind) {
	case CHANGE_SET:
		return change->value;
	case CHANGE_PREPEND:
		return list_prepend(arena, before, change->value);
	case CHANGE_REMOVE:
		return list_remove(arena, before, change->value);
	case CHANGE_UNSET:
		break;
	}
	return NULL;
}
