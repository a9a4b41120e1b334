/* Structs and their fields, and typedefs: what code that was compiled with the first toolkit takes for granted. */
#include <string.h>

#include "scan/abi_parts.h"

static const char *
own_name(const struct abi_item *field, const struct abi_item *of)
{
	return field->name + strlen(of->name) + 1;
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

/* What has its bits exactly in the other toolkit, by another name that is new there. */
static const struct abi_item *
in_its_place(const struct abi_items *mine, const struct abi_items *others, const struct abi_item *of, const struct abi_item *field)
{
	const char *prefix = of->name;

	for (size_t i = 0; i < others->n; i++) {
		const struct abi_item *at = &others->item[i];

		if (at->kind == ABI_FIELD && at->number == field->number && at->size == field->size &&
		    str_starts(at->name, prefix) && at->name[strlen(prefix)] == '.' && !abi_find(mine, ABI_FIELD, at->name) &&
		    strcmp(at->type, field->type) == 0)
			return at;
	}
	return NULL;
}

/* One field of before; *effect becomes what it means at worst, and the answer says it. NULL: it is as it was. */
static const char *
compare_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *old, enum abi_effect *effect)
{
	const struct abi_item *now = abi_find(&sides->after, ABI_FIELD, old->name), *other;
	struct arena *arena = &sides->run->arena;
	const char *name = own_name(old, of);

	if (!now && is_reserve(old->name))
		return NULL;
	other = now ? NULL : in_its_place(&sides->before, &sides->after, of, old);
	*effect = other || (now && now->number == old->number && now->size == old->size) ? ABI_SOURCE : ABI_BREAKS;
	if (other)
		return str_format(arena, "%s is called %s", name, own_name(other, of));
	if (!now)
		return str_format(arena, "%s is gone", name);
	if (now->number != old->number)
		return str_format(arena, "%s at %s, was %s", name, place(sides->run, now), place(sides->run, old));
	if (now->size != old->size && !is_reserve(old->name))
		return str_format(arena, "%s: %s, was %s", name, now->shown, old->shown);
	return strcmp(now->type, old->type) && !is_reserve(old->name) ?
		str_format(arena, "%s: %s, was %s", name, now->shown, old->shown) : NULL;
}

/* Whether the item is a field of that struct: fields are sorted by their names, with the struct's before them. */
static bool
is_field_of(const struct abi_item *item, const struct abi_item *of)
{
	size_t n = strlen(of->name);

	return item->kind == ABI_FIELD && strncmp(item->name, of->name, n) == 0 && item->name[n] == '.';
}

static void
new_fields(struct abi_sides *sides, const struct abi_item *now, struct strings *details)
{
	for (size_t i = 0; i < sides->after.n; i++)
		if (is_field_of(&sides->after.item[i], now) && !abi_find(&sides->before, ABI_FIELD, sides->after.item[i].name) &&
		    !is_reserve(sides->after.item[i].name) &&
		    !in_its_place(&sides->after, &sides->before, now, &sides->after.item[i]))
			strings_add(&sides->run->arena, details,
				    str_format(&sides->run->arena, "%s is new", own_name(&sides->after.item[i], now)));
}

static void
compare_struct(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now)
{
	enum abi_effect worst = ABI_ADDED, effect;
	struct arena *arena = &sides->run->arena;
	struct strings details = { 0 };
	const char *said;
	bool resized = old->number != now->number || old->size != now->size;

	for (size_t i = 0; i < sides->before.n; i++) {
		if (!is_field_of(&sides->before.item[i], old))
			continue;
		said = compare_field(sides, old, &sides->before.item[i], &effect);
		if (said)
			strings_add(arena, &details, said);
		if (said && effect < worst)
			worst = effect;
	}
	new_fields(sides, now, &details);
	if (!resized && !details.n) {
		*list_add(arena, &sides->report->same) = *old;
		return;
	}
	said = now->number != old->number ? str_format(arena, "%lld bytes, was %lld", now->number, old->number) :
	       resized ? str_format(arena, "aligned at %lld, was %lld", now->size, old->size) :
	       str_format(arena, "%lld bytes, as before", now->number);
	abi_add(sides, resized ? ABI_BREAKS : worst, resized ? "size" : worst == ABI_BREAKS ? "offset" : "fields", old, now,
		said)->details = details;
}

void
abi_structs(struct abi_sides *sides)
{
	for (size_t i = 0; i < sides->before.n && sides->before.item[i].kind == ABI_STRUCT; i++) {
		const struct abi_item *old = &sides->before.item[i], *now = abi_find(&sides->after, ABI_STRUCT, old->name);

		if (now)
			compare_struct(sides, old, now);
		else
			abi_add(sides, ABI_SOURCE, "gone", old, NULL, str_format(&sides->run->arena, "gone from %s", old->header));
	}
	for (size_t i = 0; i < sides->after.n && sides->after.item[i].kind == ABI_STRUCT; i++)
		if (!abi_find(&sides->before, ABI_STRUCT, sides->after.item[i].name))
			abi_add(sides, ABI_ADDED, "added", NULL, &sides->after.item[i], "new");
}

/* A name of another type. Where functions take it compiled code feels that as their change. */
void
abi_typedefs(struct abi_sides *sides)
{
	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *old = &sides->before.item[i], *now;

		if (old->kind != ABI_TYPEDEF)
			continue;
		now = abi_find(&sides->after, ABI_TYPEDEF, old->name);
		if (!now && !abi_find(&sides->after, ABI_MACRO, old->name))
			abi_add(sides, ABI_SOURCE, "gone", old, NULL, str_format(&sides->run->arena, "gone from %s", old->header));
		else if (now && (strcmp(now->type, old->type) != 0 || now->number != old->number))
			abi_add(sides, ABI_SOURCE, "type", old, now,
				str_format(&sides->run->arena, "is %s, was %s", now->shown, old->shown));
		else if (now)
			*list_add(&sides->run->arena, &sides->report->same) = *old;
	}
	for (size_t i = 0; i < sides->after.n; i++)
		if (sides->after.item[i].kind == ABI_TYPEDEF && !abi_find(&sides->before, ABI_TYPEDEF, sides->after.item[i].name))
			abi_add(sides, ABI_ADDED, "added", NULL, &sides->after.item[i], "new");
}
