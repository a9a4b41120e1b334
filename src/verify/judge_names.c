/*
 * Mangled names, as far as a message needs them (Itanium C++ ABI, chapter "Mangling"): the qualified name, which is spelled
 * in clear, and which std::string the parameters speak of. libstdc++ spells the new one St7__cxx1112basic_string, because
 * it lives in an inline namespace, and the old one Ss (dual ABI, libstdc++ manual).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "verify/judge_parts.h"

/* A length and as many characters; NULL when there is no such thing at text. */
static const char *
source_name(const char *text, const char **name, size_t *length)
{
	char *end;
	unsigned long n;

	if (!isdigit((unsigned char)*text))
		return NULL;
	n = strtoul(text, &end, 10);
	if (!n || n > strlen(end))
		return NULL;
	*name = end;
	*length = n;
	return end + n;
}

/* Special names: vtable, typeinfo and its name. */
static const char *
special(const char **at)
{
	static const char *const prefix[] = { "TV", "vtable of ", "TI", "type of ", "TS", "type name of ", NULL };

	for (size_t i = 0; prefix[i]; i += 2)
		if (str_starts(*at, prefix[i])) {
			*at += 2;
			return prefix[i + 1];
		}
	return "";
}

const char *
name_plain(struct arena *arena, const char *mangled, size_t *length)
{
	const char *at = mangled + 2, *kind, *name, *next, *plain = NULL;
	bool nested;
	size_t n;

	if (!str_starts(mangled, "_Z"))
		return NULL;
	kind = special(&at);
	nested = *at == 'N';
	at += nested;
	at += nested ? strspn(at, "rVKRO") : 0;
	for (; (next = source_name(at, &name, &n)); at = next) {
		plain = plain ? str_format(arena, "%s::%.*s", plain, (int)n, name) : str_copy(arena, name, n);
		if (!nested) {
			at = next;
			break;
		}
	}
	if (plain && nested && (*at == 'C' || *at == 'D') && isdigit((unsigned char)at[1])) {
		const char *last = strstr(plain, "::") ? strrchr(plain, ':') + 1 : plain;

		plain = str_format(arena, "%s::%s%s", plain, *at == 'D' ? "~" : "", last);
		at += 2;
	}
	if (length)
		*length = (size_t)(at - mangled);
	return plain ? str_format(arena, "%s%s", kind, plain) : NULL;
}

/* Steps over one token of a mangled name, so that letters inside identifiers are not taken for types. */
static const char *
step(const char *at)
{
	const char *name, *next;
	size_t n;

	next = source_name(at, &name, &n);
	if (next)
		return next;
	if ((*at == 'S' || *at == 'T') && (isdigit((unsigned char)at[1]) || isupper((unsigned char)at[1]))) {
		next = at + 1 + strspn(at + 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		return *next == '_' ? next + 1 : at + 1;
	}
	if (*at == 'L' && islower((unsigned char)at[1])) {
		next = strchr(at, 'E');
		return next ? next : at + 1;
	}
	return at + (*at == 'S' && at[1] ? 2 : 1);
}

int
name_string_abi(const char *mangled)
{
	if (!str_starts(mangled, "_Z"))
		return -1;
	if (strstr(mangled, "7__cxx1112basic_string") || strstr(mangled, "B5cxx11"))
		return 1;
	for (const char *at = mangled + 2; *at; at = step(at))
		if (at[0] == 'S' && at[1] == 's')
			return 0;
	return -1;
}

bool
name_is_torch(const char *name)
{
	return str_starts(name, "_Z") &&
	       (strstr(name, "3c10") || strstr(name, "2at") || strstr(name, "5torch") || strstr(name, "6caffe2"));
}

int
name_major(const char *soname)
{
	const char *at = strstr(soname, ".so.");

	return at ? atoi(at + 4) : 0;
}
