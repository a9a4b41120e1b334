/* Structs: gone, called otherwise, of another size, or with their fields elsewhere. */
#include <string.h>

#include "abi/parts.h"

/* What is said of all fields: those that are gone first, those that are new last. What it means at worst. */
static enum abi_effect
compare_fields(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now, struct strings *details)
{
	enum abi_effect worst = ABI_QUIET, effect;
	struct arena *arena = &sides->run->arena;
	struct strings rest = { 0 };

	for (size_t i = 0; i < sides->before.n; i++) {
		const struct abi_item *field = &sides->before.item[i];
		const char *said = abi_is_field(field, old) ? abi_compare_field(sides, old, now, field, &effect) : NULL;

		if (!said)
			continue;
		strings_add(arena, str_ends(said, " is gone") ? details : &rest, said);
		worst = effect < worst ? effect : worst;
	}
	for (size_t i = 0; i < rest.n; i++)
		strings_add(arena, details, rest.item[i]);
	abi_new_fields(sides, old, now, details);
	return worst;
}

static void
compare_struct(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now)
{
	struct arena *arena = &sides->run->arena;
	struct strings details = { 0 };
	enum abi_effect worst = compare_fields(sides, old, now, &details);
	bool resized = old->number != now->number || old->size != now->size;
	const char *said = str_format(arena, "%lld bytes, as before", now->number);

	if (!resized && !details.n) {
		*list_add(arena, &sides->report->same) = *old;
		*list_add(arena, &sides->renamed) = (struct abi_rename){ old, now };
		return;
	}
	if (now->number != old->number)
		said = str_format(arena, "%lld bytes, was %lld", now->number, old->number);
	else if (resized)
		said = str_format(arena, "aligned at %lld, was %lld", now->size, old->size);
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
				 str_format(&sides->run->arena, "%s.%s", now->name, abi_own_name(field, old)));
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
