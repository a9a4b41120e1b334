/* The fields of a struct: what code that was compiled with the first toolkit takes for granted. */
#include <string.h>

#include "abi/parts.h"

const char *
abi_own_name(const struct abi_item *field, const struct abi_item *of)
{
	return field->name + strlen(of->name) + 1;
}

bool
abi_is_field(const struct abi_item *item, const struct abi_item *of)
{
	size_t n = strlen(of->name);

	return item->kind == ABI_FIELD && strncmp(item->name, of->name, n) == 0 && item->name[n] == '.';
}

/* The same field in the struct that it becomes; NULL: gone. */
static const struct abi_item *
stays(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	const char *name = str_format(&sides->run->arena, "%s.%s", becomes->name, abi_own_name(field, of));

	return abi_find(&sides->after, ABI_FIELD, name);
}

/* Whether the struct had that field before. */
static bool
had(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	const char *name = str_format(&sides->run->arena, "%s.%s", of->name, abi_own_name(field, becomes));

	return abi_find(&sides->before, ABI_FIELD, name);
}

/* Room that is kept for later: that it shrinks is what it is for. */
static bool
is_reserve(const char *name)
{
	const char *last = strrchr(name, '.') + 1;

	last += strspn(last, "_");
	return str_starts(last, "reserved") || str_starts(last, "pad");
}

static const char *
place(struct run *run, const struct abi_item *field)
{
	if (field->number % 8 || field->size % 8)
		return str_format(&run->arena, "bit %lld", field->number);
	return str_format(&run->arena, "%lld", field->number / 8);
}

/* A field that the struct did not have, with exactly the bits of one that it has no more. */
static const struct abi_item *
in_its_place(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	for (size_t i = 0; i < sides->after.n; i++) {
		const struct abi_item *at = &sides->after.item[i];

		if (abi_is_field(at, becomes) && at->number == field->number && at->size == field->size &&
		    strcmp(at->type, field->type) == 0 && !had(sides, of, becomes, at))
			return at;
	}
	return NULL;
}

/* What is said of one field of before in the struct that is now; NULL: it is as it was. */
static const char *
compare_place(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *old, const struct abi_item *now)
{
	struct arena *arena = &sides->run->arena;
	const char *name = abi_own_name(old, of);

	if (now->number != old->number)
		return str_format(arena, "%s at %s, was %s", name, place(sides->run, now), place(sides->run, old));
	if (strcmp(now->shown, old->shown) != 0 && strcmp(now->type, old->type) != 0)
		return str_format(arena, "%s is %s, was %s", name, now->shown, old->shown);
	return now->size != old->size ? str_format(arena, "%s has %lld bytes, was %lld", name, now->size / 8, old->size / 8) : NULL;
}

const char *
abi_compare_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *old,
	      enum abi_effect *effect)
{
	struct arena *arena = &sides->run->arena;
	const char *name = abi_own_name(old, of);
	const struct abi_item *now = stays(sides, of, becomes, old);
	const struct abi_item *other = now ? NULL : in_its_place(sides, of, becomes, old);

	*effect = is_reserve(old->name) ? ABI_QUIET :
		  other || (now && now->number == old->number && now->size == old->size) ? ABI_SOURCE : ABI_BREAKS;
	if (now)
		return compare_place(sides, of, old, now);
	if (other)
		return str_format(arena, "%s is called %s", name, abi_own_name(other, becomes));
	return str_format(arena, "%s is gone", name);
}

/* A part of a struct without a name that is new itself. */
static bool
in_new_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	struct abi_item outer = *field;
	const char *dot = strrchr(abi_own_name(field, becomes), '.');

	if (!dot)
		return false;
	outer.name = str_copy(&sides->run->arena, field->name, (size_t)(dot - field->name));
	return !had(sides, of, becomes, &outer);
}

/* Whether it took the place of one that is gone, by another name. */
static bool
took_a_place(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *old = &sides->before.item[i];

		if (abi_is_field(old, of) && old->number == field->number &&
		    !stays(sides, of, becomes, old) && in_its_place(sides, of, becomes, old) == field)
			return true;
	}
	return false;
}

void
abi_new_fields(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, struct strings *details)
{
	for (size_t i = 0; i < sides->after.n; i++) {
		const struct abi_item *field = &sides->after.item[i];

		if (abi_is_field(field, becomes) && !had(sides, of, becomes, field) && !in_new_field(sides, of, becomes, field) &&
		    !took_a_place(sides, of, becomes, field))
			strings_add(&sides->run->arena, details,
				    str_format(&sides->run->arena, "%s is new", abi_own_name(field, becomes)));
	}
}
