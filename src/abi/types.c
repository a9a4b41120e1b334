/* Types as text, as a call sees them: whether arguments that fit the one also fit the other. */
#include <string.h>

#include "abi/parts.h"

/* The new name of a struct that is called otherwise and is the same. */
static const char *
renamed(const struct abi_sides *sides, const char *name)
{
	for (size_t i = 0; i < sides->renamed.n; i++)
		if (strcmp(sides->renamed.item[i].before->name, name) == 0)
			return sides->renamed.item[i].after->name;
	return name;
}

static bool
is_silent(const char *word)
{
	static const char *const silent[] = { "const", "volatile", "restrict", "unsigned", "signed" };

	for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++)
		if (strcmp(word, silent[i]) == 0)
			return true;
	return false;
}

/* An enum is an int; signs and const make no difference; long is long long; structs go by their new names. */
static const char *
plain(struct abi_sides *sides, const char *type)
{
	struct arena *arena = &sides->run->arena;
	struct strings words = str_split(arena, type, ' '), kept = { 0 };
	const char *before = "";

	for (size_t i = 0; i < words.n; before = words.item[i++]) {
		const char *word = words.item[i];

		if (strcmp(before, "enum") == 0 || is_silent(word) || (strcmp(word, "long") == 0 && strcmp(before, "long") == 0))
			continue;
		if (strcmp(before, "struct") == 0 || strcmp(before, "union") == 0)
			word = renamed(sides, word);
		strings_add(arena, &kept, strcmp(word, "enum") == 0 ? "int" : word);
	}
	return strings_join(arena, &kept, " ");
}

static bool
alike(struct abi_sides *sides, const char *old, const char *now)
{
	const char *a = plain(sides, old), *b = plain(sides, now);

	return strcmp(a, b) == 0 || (strcmp(a, "void *") == 0 && str_ends(b, "*")) ||
	       (strcmp(b, "void *") == 0 && str_ends(a, "*"));
}

/* "int (char *, void (*)(int))": what it returns, then what it takes. */
static struct strings
pieces(struct run *run, const char *type)
{
	const char *at = strchr(type, '('), *start;
	struct strings list = { 0 };
	int depth = 0;

	strings_add(&run->arena, &list, at ? str_trim(&run->arena, type, (size_t)(at - type)) : type);
	for (start = at ? at + 1 : NULL; at && *at; at++) {
		depth += (*at == '(') - (*at == ')');
		if ((*at != ',' || depth != 1) && depth != 0)
			continue;
		strings_add(&run->arena, &list, str_trim(&run->arena, start, (size_t)(at - start)));
		start = at + 1;
		if (depth == 0)
			break;
	}
	return list;
}

const char *
abi_prototype(struct run *run, const struct abi_item *function)
{
	struct strings words = pieces(run, function->shown), takes = { words.item + 1, words.n - 1 };

	return str_format(&run->arena, "%s %s(%s)", words.item[0], function->name, strings_join(&run->arena, &takes, ", "));
}

/* What differs at one place, as it is written, or where that is the same in other words. */
static void
tell_piece(struct run *run, size_t i, const char *was, const char *is, struct strings *details)
{
	const char *what = i ? str_format(&run->arena, "argument %zu is", i) : "it returns";

	strings_add(&run->arena, details, str_format(&run->arena, "%s %s, was %s", what, is, was));
}

/* More or fewer arguments: which ones, where the others stay as they are, else both prototypes. */
static void
tell_count(struct run *run, const struct abi_item *old, const struct abi_item *now, struct strings *details)
{
	struct strings was = pieces(run, old->shown), is = pieces(run, now->shown), *more = was.n < is.n ? &is : &was;
	struct strings *less = more == &is ? &was : &is;
	size_t first = 0, last = 0;

	while (first < less->n && strcmp(less->item[first], more->item[first]) == 0)
		first++;
	while (last < less->n - first && strcmp(less->item[less->n - 1 - last], more->item[more->n - 1 - last]) == 0)
		last++;
	if (first + last < less->n) {
		strings_add(&run->arena, details, str_format(&run->arena, "now %s", abi_prototype(run, now)));
		strings_add(&run->arena, details, str_format(&run->arena, "was %s", abi_prototype(run, old)));
		return;
	}
	for (size_t i = first; i < more->n - last; i++)
		strings_add(&run->arena, details, str_format(&run->arena, "argument %zu, %s, is %s", i, more->item[i],
							     more == &is ? "new" : "no more"));
}

bool
abi_calls_alike(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now, struct strings *details)
{
	struct run *run = sides->run;
	struct strings was = pieces(run, old->type), is = pieces(run, now->type);
	struct strings was_shown = pieces(run, old->shown), is_shown = pieces(run, now->shown);
	bool same = true;

	if (was.n != is.n || was_shown.n != was.n || is_shown.n != is.n) {
		tell_count(run, old, now, details);
		return false;
	}
	for (size_t i = 0; i < was.n; i++) {
		bool written = strcmp(was_shown.item[i], is_shown.item[i]) != 0;

		if (strcmp(was.item[i], is.item[i]) == 0)
			continue;
		same &= alike(sides, was.item[i], is.item[i]);
		tell_piece(run, i, written ? was_shown.item[i] : was.item[i], written ? is_shown.item[i] : is.item[i], details);
	}
	return same;
}

static void
compare_typedef(struct abi_sides *sides, const struct abi_item *old)
{
	const struct abi_item *now = abi_find(&sides->after, ABI_TYPEDEF, old->name);
	bool written = now && strcmp(old->shown, now->shown) != 0;

	if (!now && !abi_find(&sides->after, ABI_MACRO, old->name))
		abi_add(sides, ABI_SOURCE, "gone", old, NULL, "gone");
	else if (now && !alike(sides, old->type, now->type))
		abi_add(sides, ABI_SOURCE, "type", old, now,
			str_format(&sides->run->arena, "is %s, was %s", written ? now->shown : now->type,
				   written ? old->shown : old->type));
	else if (now)
		*list_add(&sides->run->arena, &sides->report->same) = *old;
}

void
abi_typedefs(struct abi_sides *sides)
{
	for (size_t i = 0; i < sides->before.n; i++)
		if (sides->before.item[i].kind == ABI_TYPEDEF)
			compare_typedef(sides, &sides->before.item[i]);
	for (size_t i = 0; i < sides->after.n; i++)
		if (sides->after.item[i].kind == ABI_TYPEDEF && !abi_find(&sides->before, ABI_TYPEDEF, sides->after.item[i].name))
			abi_add(sides, ABI_ADDED, "added", NULL, &sides->after.item[i], "new");
}
