/* What a unit includes. */
#include <string.h>

#include "base/path.h"
#include "scan/text.h"

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

/* What a foreign file includes from torch and the toolkit under no condition but the file's guard. */
static const struct text_files *
leads(struct text_walk *walk, struct text_file *file)
{
	struct run *run = walk->run;
	int conditions = file->guard ? -1 : 0;

	if (file->leads)
		return file->leads;
	file->leads = arena_alloc(&run->arena, sizeof(*file->leads));
	for (size_t i = 0; i < file->items.n; i++) {
		const struct text_item *item = &file->items.item[i];
		size_t length = item->text ? strlen(item->text) : 0;
		const char *found;

		conditions += item->kind == TEXT_IF || item->kind == TEXT_IFDEF || item->kind == TEXT_IFNDEF;
		conditions -= item->kind == TEXT_ENDIF;
		if (item->kind != TEXT_INCLUDE || conditions > 0 || length < 3)
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
