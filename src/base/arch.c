#include "base/arch.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

const char *
arch_number(struct arena *arena, const char *text, size_t length)
{
	char digits[8];
	size_t n = 0;

	if (length > 3 && strncmp(text, "sm_", 3) == 0)
		text += 3, length -= 3;
	else if (length > 8 && strncmp(text, "compute_", 8) == 0)
		text += 8, length -= 8;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.')
			continue;
		if (n == sizeof(digits) - 1 || !(isdigit((unsigned char)text[i]) || (n >= 2 && strchr("af", text[i]))))
			return NULL;
		digits[n++] = text[i];
	}
	return n >= 2 ? str_copy(arena, digits, n) : NULL;
}

const char *
arch_dotted(struct arena *arena, const char *number)
{
	size_t digits = strspn(number, "0123456789");

	return str_format(arena, "%.*s.%s", (int)digits - 1, number, number + digits - 1);
}
