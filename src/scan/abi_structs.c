/* Structs and their fields: what code that was compiled with the first toolkit takes for granted. */
#include <string.h>

#include "scan/abi_parts.h"

static const char *
own_name(const struct abi_item *field, const struct abi_item *of)
{
	return field->name + strlen(of->name) + 1;
}

bool
abi_is_field(const struct abi_item *item, const struct abi_item *of)
{
	size_t n = strlen(of->name);

	return item->kind == ABI_FIELD && strncmp(item->name, of->name, n) == 0 && item->name[n] == '.';
}

/* Whether the struct had that field before. */
static bool
had(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	const char *name = str_format(&sides->run->arena, "%s.%s", of->name, own_name(field, becomes));

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
	const char *name = own_name(old, of);

	if (now->number != old->number)
		return str_format(arena, "%s at %s, was %s", name, place(sides->run, now), place(sides->run, old));
	if (strcmp(now->shown, old->shown) != 0 && strcmp(now->type, old->type) != 0)
		return str_format(arena, "%s is %s, was %s", name, now->shown, old->shown);
	return now->size != old->size ? str_format(arena, "%s has %lld bytes, was %lld", name, now->size / 8, old->size / 8) : NULL;
}

/* The same, also where the field is gone; *effect becomes what that means. */
static const char *
compare_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *old,
	      enum abi_effect *effect)
{
	struct arena *arena = &sides->run->arena;
	const char *name = own_name(old, of);
	const struct abi_item *now = abi_find(&sides->after, ABI_FIELD, str_format(arena, "%s.%s", becomes->name, name));
	const struct abi_item *other = now ? NULL : in_its_place(sides, of, becomes, old);

	*effect = is_reserve(old->name) ? ABI_QUIET :
		  other || (now && now->number == old->number && now->size == old->size) ? ABI_SOURCE : ABI_BREAKS;
	if (now)
		return compare_place(sides, of, old, now);
	return other ? str_format(arena, "%s is called %s", name, own_name(other, becomes)) : str_format(arena, "%s is gone", name);
}

/* A part of a struct without a name that is new itself. */
static bool
in_new_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, const struct abi_item *field)
{
	struct abi_item outer = *field;
	const char *dot = strrchr(own_name(field, becomes), '.');

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
		    !abi_find(&sides->after, ABI_FIELD, str_format(&sides->run->arena, "%s.%s", becomes->name, own_name(old, of))) &&
		    in_its_place(sides, of, becomes, old) == field)
			return true;
	}
	return false;
}

static void
new_fields(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, struct strings *details)
{
	for (size_t i = 0; i < sides->after.n; i++) {
		const struct abi_item *field = &sides->after.item[i];

		if (abi_is_field(field, becomes) && !had(sides, of, becomes, field) && !in_new_field(sides, of, becomes, field) &&
		    !took_a_place(sides, of, becomes, field))
			strings_add(&sides->run->arena, details,
				    str_format(&sides->run->arena, "%s is new", own_name(field, becomes)));
	}
}

static void
compare_struct(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now)
{
	enum abi_effect worst = ABI_QUIET, effect;
	struct arena *arena = &sides->run->arena;
	struct strings details = { 0 };
	const char *said;
	bool resized = old->number != now->number || old->size != now->size;

	for (size_t i = 0; i < sides->before.n; i++) {
		if (!abi_is_field(&sides->before.item[i], old))
			continue;
		said = compare_field(sides, old, now, &sides->before.item[i], &effect);
		if (said)
			strings_add(arena, &details, said);
		if (said && effect < worst)
			worst = effect;
	}
	new_fields(sides, old, now, &details);
	if (!resized && !details.n) {
		*list_add(arena, &sides->report->same) = *old;
		*list_add(arena, &sides->renamed) = (struct abi_rename){ old, now };
		return;
	}
	said = now->number != old->number ? str_format(arena, "%lld bytes, was %lld", now->number, old->number) :
	       resized ? str_format(arena, "aligned at %lld, was %lld", now->size, old->size) :
	       str_format(arena, "%lld bytes, as before", now->number);
	abi_add(sides, resized ? ABI_BREAKS : worst, resized ? "size" : worst == ABI_BREAKS ? "offset" : "fields", old, now,
		said)->details = details;
}

/* Whether the two are the same but for their names. */
static bool
twins(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now)
{
	size_t fields = 0;

	if (old->number != now->number || old->size != now->size)
		return false;
	for (size_t i = 0; i < sides->after.n; i++)
		fields += abi_is_field(&sides->after.item[i], now);
	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *field = &sides->before.item[i], *other;

		if (!abi_is_field(field, old))
			continue;
		other = abi_find(&sides->after, ABI_FIELD,
				 str_format(&sides->run->arena, "%s.%s", now->name, own_name(field, old)));
		if (!other || other->number != field->number || other->size != field->size)
			return false;
		fields--;
	}
	return !fields;
}

/* Whether both have a typedef that means the one there and the other here: who says that name does not notice. */
static bool
typedef_leads(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now)
{
	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *at = &sides->before.item[i], *there;

		if (at->kind != ABI_TYPEDEF || !str_ends(at->type, old->name))
			continue;
		there = abi_find(&sides->after, ABI_TYPEDEF, at->name);
		if (there && strcmp(at->type + strcspn(at->type, " ") + 1, old->name) == 0 &&
		    strcmp(there->type + strcspn(there->type, " ") + 1, now->name) == 0)
			return true;
	}
	return false;
}

/* CUDA_BATCH_MEM_OP_NODE_PARAMS_st became …_v1_st. */
static void
struct_gone(struct abi_sides *sides, const struct abi_item *old)
{
	for (size_t i = 0; i < sides->after.n && sides->after.item[i].kind == ABI_STRUCT; i++) {
		const struct abi_item *now = &sides->after.item[i];

		if (abi_find(&sides->before, ABI_STRUCT, now->name) || !twins(sides, old, now))
			continue;
		abi_add(sides, typedef_leads(sides, old, now) ? ABI_QUIET : ABI_SOURCE, "renamed", old, now,
			str_format(&sides->run->arena, "is called %s", now->name));
		*list_add(&sides->run->arena, &sides->renamed) = (struct abi_rename){ old, now };
		return;
	}
	abi_add(sides, ABI_SOURCE, "gone", old, NULL, "gone");
}

void
abi_structs(struct abi_sides *sides)
{
	for (size_t i = 0; i < sides->before.n && sides->before.item[i].kind == ABI_STRUCT; i++) {
		const struct abi_item *old = &sides->before.item[i], *now;

		/* Where it is a macro for another one's name, sources get that one. */
		now = abi_find(&sides->after, ABI_STRUCT, abi_meant(sides->run, &sides->after, old->name));
		if (now)
			compare_struct(sides, old, now);
		else
			struct_gone(sides, old);
	}
	for (size_t i = 0; i < sides->after.n && sides->after.item[i].kind == ABI_STRUCT; i++)
		if (!abi_find(&sides->before, ABI_STRUCT, sides->after.item[i].name))
			abi_add(sides, ABI_ADDED, "added", NULL, &sides->after.item[i], "new");
}
