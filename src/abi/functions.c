/*
 * Functions by the names that sources use: cuda.h calls cuMemAlloc_v2 by the macro cuMemAlloc, and cuda_runtime_api.h of
 * 12.x cudaGetDeviceProperties_v2 by cudaGetDeviceProperties. Code that is compiled keeps to the symbol of its day.
 */
#include <string.h>

#include "abi/parts.h"

/* What a source reaches by a name: the function behind its macros. NULL for what is no function. */
static const struct abi_item *
reached(struct abi_sides *sides, const struct abi_items *items, const char *name)
{
	return abi_find(items, ABI_FUNCTION, abi_meant(sides->run, items, name));
}

/* The names by which sources call functions: without those that a macro stands for. */
static struct strings
callable(struct abi_sides *sides, const struct abi_items *items)
{
	struct strings hidden = { 0 }, names = { 0 };

	for (size_t i = 0; i < items->n; i++) {
		const struct abi_item *item = &items->item[i], *function;

		if (item->kind != ABI_MACRO || item->local || *item->name == '_')
			continue;
		function = reached(sides, items, item->name);
		if (function && strcmp(function->name, item->name) != 0) {
			strings_add(&sides->run->arena, &hidden, function->name);
			strings_add(&sides->run->arena, &names, item->name);
		}
	}
	for (size_t i = 0; i < items->n; i++)
		if (items->item[i].kind == ABI_FUNCTION && !strings_has(&hidden, items->item[i].name) &&
		    !strings_has(&names, items->item[i].name))
			strings_add(&sides->run->arena, &names, items->item[i].name);
	strings_sort(&names);
	return names;
}

/* 1: the second toolkit's library exports that symbol, 0: it does not, -1: none that could be read. */
static int
exported(struct abi_sides *sides, const struct abi_item *function)
{
	struct elf_symbol symbol = { .name = function->name };
	struct elf_symbols symbols = { &symbol, 1 };
	const char *library = sides->library[function->row];

	if (!library || !elf_resolve(sides->run, library, &symbols))
		return -1;
	return symbol.found_in != NULL;
}

static void
compare_gone(struct abi_sides *sides, const char *name, const struct abi_item *old)
{
	const struct abi_item *macro = abi_find(&sides->after, ABI_MACRO, name);
	int there = old->local ? 1 : exported(sides, old);
	struct abi_change *change;

	if (macro)
		change = abi_add(sides, ABI_QUIET, "macro", old, NULL, str_format(&sides->run->arena, "a macro: %s", macro->type));
	else
		change = abi_add(sides, there == 1 ? ABI_SOURCE : ABI_BREAKS, "gone", old, NULL,
				 "gone");
	change->name = name;
}

/* Another function by the same name. What is written the same compiles, with whatever the names of the types mean now. */
static void
compare_version(struct abi_sides *sides, const char *name, const struct abi_item *old, const struct abi_item *now)
{
	struct run *run = sides->run;
	struct strings details = { 0 };
	bool fits = abi_calls_alike(sides, old, now, &details) || strcmp(old->shown, now->shown) == 0;
	int there = exported(sides, old);
	enum abi_effect effect = there == 0 ? ABI_BREAKS : fits ? ABI_QUIET : ABI_SOURCE;
	struct abi_change *change;

	if (there == 0)
		strings_add(&run->arena, &details, str_format(&run->arena, "%s is not in the library", old->name));
	change = abi_add(sides, effect, "version", old, now,
			 str_format(&run->arena, "the symbol is %s, was %s", now->name, old->name));
	change->name = name;
	change->details = details;
}

static void
compare_same(struct abi_sides *sides, const char *name, const struct abi_item *old, const struct abi_item *now)
{
	bool moved = !old->local && now->local;
	struct strings details = { 0 };
	struct abi_change *change;

	if (moved) {
		change = abi_add(sides, exported(sides, old) == 1 ? ABI_QUIET : ABI_BREAKS, "inline", old, now, "inline now");
	} else if (abi_calls_alike(sides, old, now, &details)) {
		if (!details.n) {
			*list_add(&sides->run->arena, &sides->report->same) = *old;
			return;
		}
		change = abi_add(sides, ABI_QUIET, "signature", old, now, "other types, alike in a call");
	} else {
		change = abi_add(sides, old->local ? ABI_SOURCE : ABI_BREAKS, "signature", old, now, "takes other arguments");
	}
	change->name = name;
	change->details = details;
}

void
abi_functions(struct abi_sides *sides)
{
	struct strings names = callable(sides, &sides->before);

	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.item[i];
		const struct abi_item *old = reached(sides, &sides->before, name);
		const struct abi_item *now = reached(sides, &sides->after, name);

		if (!now)
			compare_gone(sides, name, old);
		else if (strcmp(old->name, now->name) != 0)
			compare_version(sides, name, old, now);
		else
			compare_same(sides, name, old, now);
	}
	names = callable(sides, &sides->after);
	for (size_t i = 0; i < names.n; i++)
		if (!reached(sides, &sides->before, names.item[i]))
			abi_add(sides, ABI_ADDED, "added", NULL, reached(sides, &sides->after, names.item[i]), "new")->name =
				names.item[i];
}
