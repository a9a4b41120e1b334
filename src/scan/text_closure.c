/* What a unit includes. */
#include <string.h>

#include "base/path.h"
#include "scan/text.h"

#define CONDITIONS_MAX 64

struct closure { struct strings *own, *others; };

static void
note(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found)
{
	const struct closure *closure = walk->context;
	struct run *run = walk->run;

	(void)in;
	if (found && text_own(walk, found))
		strings_add_once(&run->arena, closure->own, found);
	else
		strings_add_once(&run->arena, closure->others, str_copy(&run->arena, item->text + 1, strlen(item->text) - 2));
}

void
scan_text_closure(struct run *run, const struct scan_plan *plan, const struct scan_unit *unit, struct strings *own,
		  struct strings *others)
{
	struct closure closure = { own, others };
	struct text_walk walk = { .run = run, .plan = plan, .unit = unit, .context = &closure, .include = note };

	text_walk(&walk);
}

/* Conditions that hold in every extension but those that ask for torch's stable interface alone. */
static bool
holds(const struct text_file *file, const struct text_item *item)
{
	if (item->kind == TEXT_IFNDEF)
		return item->name && item->name == file->guard;
	return item->kind == TEXT_IF && str_starts(item->text, "!defined(TORCH_STABLE_ONLY)");
}

/* Whether the code behind this item stands under conditions; open: of those that are open, which do not hold by themselves. */
static bool
is_conditional(const struct text_file *file, const struct text_item *item, bool open[CONDITIONS_MAX], size_t *n)
{
	bool any = *n > CONDITIONS_MAX;

	if ((item->kind == TEXT_IF || item->kind == TEXT_IFDEF || item->kind == TEXT_IFNDEF) && (*n)++ < CONDITIONS_MAX)
		open[*n - 1] = !holds(file, item);
	else if ((item->kind == TEXT_ELSE || item->kind == TEXT_ELIF) && *n && *n <= CONDITIONS_MAX)
		open[*n - 1] = true;
	else if (item->kind == TEXT_ENDIF && *n)
		(*n)--;
	for (size_t i = 0; i < *n && i < CONDITIONS_MAX; i++)
		any |= open[i];
	return any;
}

/* What a foreign file includes from torch and the toolkit whatever the conditions are. */
static const struct text_files *
leads(struct text_walk *walk, struct text_file *file)
{
	struct run *run = walk->run;
	bool open[CONDITIONS_MAX];
	size_t n = 0;

	if (file->leads)
		return file->leads;
	file->leads = arena_alloc(&run->arena, sizeof(*file->leads));
	for (size_t i = 0; i < file->items.n; i++) {
		const struct text_item *item = &file->items.item[i];
		size_t length = item->text ? strlen(item->text) : 0;
		bool conditional = is_conditional(file, item, open, &n);
		const char *found;

		if (item->kind != TEXT_INCLUDE || conditional || length < 3)
			continue;
		found = text_lookup(walk, file->path, str_copy(&run->arena, item->text + 1, length - 2), item->text[0] == '<');
		if (found && !path_below(found, "/usr/include") && !text_own(walk, found))
			*list_add(&run->arena, file->leads) = text_open(run, walk->texts, found, true);
	}
	return file->leads;
}

static bool
reach(struct text_walk *walk, struct text_file *file, const char *target, unsigned number, int depth)
{
	const struct text_files *list;

	if (str_ends(file->path, target))
		return true;
	if (file->walk == number || depth > 200)
		return false;
	file->walk = number;
	list = leads(walk, file);
	for (size_t i = 0; i < list->n; i++)
		if (reach(walk, list->item[i], target, number, depth + 1))
			return true;
	return false;
}

bool
text_reaches(struct text_walk *walk, struct text_file *header, const char *target)
{
	return reach(walk, header, target, ++walk->texts->walks, 0);
}

bool
text_has_reached(struct text_walk *walk, const char *target)
{
	unsigned number = ++walk->texts->walks;

	for (size_t i = 0; i < walk->foreign.n; i++)
		if (reach(walk, walk->foreign.item[i], target, number, 0))
			return true;
	return false;
}
