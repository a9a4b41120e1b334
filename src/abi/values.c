/* Enumerators, and macros that are numbers: values that compiled code has in it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "abi/parts.h"

/* CU_DEVICE_ATTRIBUTE_MAX, CU_JIT_NUM_OPTIONS: named so, and none of its enum is greater; it moves whenever one is added. */
static bool
marks_the_end(const struct abi_items *items, const struct abi_item *item)
{
	static const char *const words[] = { "MAX", "Max", "LAST", "Last", "COUNT", "Count", "END" };
	bool named = strstr(item->name, "_NUM_");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		named |= str_ends(item->name, words[i]);
	for (size_t i = 0; named && i < items->n; i++)
		if (items->item[i].kind == ABI_ENUMERATOR && strcmp(items->item[i].of, item->of) == 0 &&
		    items->item[i].number > item->number)
			return false;
	return named;
}

/* A macro that is a number: "0x01", "( 1 )", "- 1". */
static bool
number_of(const struct abi_item *macro, long long *out)
{
	const char *text = macro->type;
	char digits[64], *end;
	size_t n = 0;

	if (macro->local || strlen(text) >= sizeof(digits))
		return false;
	for (; *text; text++)
		if (!strchr(" ()", *text))
			digits[n++] = *text;
	digits[n] = '\0';
	errno = 0;
	*out = strtoll(digits, &end, 0);
	return end != digits && errno == 0 && end[strspn(end, "uUlL")] == '\0';
}

/* CUDA_VERSION, CUBLAS_VER_MAJOR: it is theirs to change. */
static bool
tells_version(const char *name)
{
	return strstr(name, "VERSION") || strstr(name, "_VER_") || strstr(name, "_API_") || strstr(name, "BUILD");
}

/* The value of an enumerator or of a macro of that name; *item is that one, or where neither is, stays. */
static bool
value_of(struct run *run, const struct abi_items *items, const char *name, const struct abi_item **item, long long *value)
{
	const char *meant = abi_meant(run, items, name);
	const struct abi_item *found = abi_find(items, ABI_ENUMERATOR, meant);

	if (found) {
		*value = found->number;
	} else {
		found = abi_find(items, ABI_MACRO, meant);
		if (!found || !number_of(found, value))
			return false;
	}
	*item = found;
	return true;
}

/* Who has the value of one that is gone, by a name that is new. */
static const char *
successor(struct abi_sides *sides, const struct abi_item *old)
{
	for (size_t i = 0; i < sides->after.n; i++) {
		const struct abi_item *at = &sides->after.item[i];

		if (at->kind == ABI_ENUMERATOR && at->number == old->number && strcmp(at->of, old->of) == 0 &&
		    !abi_find(&sides->before, ABI_ENUMERATOR, at->name))
			return str_format(&sides->run->arena, "gone; %s has its value, %lld", at->name, old->number);
	}
	return "gone";
}

/* CU_CTX_FLAGS_MASK, cudaDeviceMask: all flags together, and some more now. */
static bool
is_wider_mask(const char *name, long long was, long long is)
{
	return (str_ends(name, "MASK") || str_ends(name, "Mask")) && (was & is) == was;
}

static void
compare_value(struct abi_sides *sides, const struct abi_item *old, long long was)
{
	const struct abi_item *now = NULL;
	struct arena *arena = &sides->run->arena;
	bool end;
	long long is;

	if (!value_of(sides->run, &sides->after, old->name, &now, &is)) {
		if (!abi_find(&sides->after, ABI_MACRO, old->name))
			abi_add(sides, ABI_SOURCE, "gone", old, NULL,
				old->kind == ABI_ENUMERATOR ? successor(sides, old) : "gone");
	} else if (is == was) {
		*list_add(arena, &sides->report->same) = *old;
	} else {
		end = is_wider_mask(old->name, was, is) ||
		      (old->kind == ABI_ENUMERATOR && marks_the_end(&sides->before, old) && marks_the_end(&sides->after, now));
		abi_add(sides, end ? ABI_QUIET : ABI_BREAKS, end ? "end" : "value", old, now,
			str_format(arena, "%lld, was %lld", is, was));
	}
}

void
abi_values(struct abi_sides *sides)
{
	const struct abi_item *other = NULL;
	long long value;

	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *old = &sides->before.item[i];

		if (old->kind == ABI_ENUMERATOR)
			compare_value(sides, old, old->number);
		else if (old->kind == ABI_MACRO && !tells_version(old->name) && number_of(old, &value))
			compare_value(sides, old, value);
	}
	for (size_t i = 0; i < sides->after.n; i++) {
		const struct abi_item *now = &sides->after.item[i];

		if ((now->kind == ABI_ENUMERATOR ||
		     (now->kind == ABI_MACRO && !tells_version(now->name) && number_of(now, &value))) &&
		    !value_of(sides->run, &sides->before, now->name, &other, &value))
			abi_add(sides, ABI_ADDED, "added", NULL, now, "new");
	}
}
