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

/* An #include of a foreign file that stands under no condition but the file's guard. */
static bool
reach(struct text_walk *walk, struct text_file *file, const char *target, int depth)
{
	int conditions = file->guard ? -1 : 0;

	if (strcmp(file->path, target) == 0)
		return true;
	if (file->walk == walk->number || depth > 100)
		return false;
	file->walk = walk->number;
	for (size_t i = 0; i < file->items.n; i++) {
		const struct text_item *item = &file->items.item[i];
		size_t length = item->text ? strlen(item->text) : 0;
		const char *name, *found;

		conditions += item->kind == TEXT_IF || item->kind == TEXT_IFDEF || item->kind == TEXT_IFNDEF;
		conditions -= item->kind == TEXT_ENDIF;
		if (item->kind != TEXT_INCLUDE || conditions > 0 || length < 3)
			continue;
		name = str_copy(&walk->run->arena, item->text + 1, length - 2);
		found = text_lookup(walk, file->path, name, item->text[0] == '<');
		if (found && path_below(found, walk->plan->machine->torch->dir) &&
		    reach(walk, text_open(walk->run, walk->texts, found, true), target, depth + 1))
			return true;
	}
	return false;
}

bool
text_reaches(struct text_walk *walk, const char *header, const char *target)
{
	unsigned number = walk->number;
	bool yes;

	walk->number = ++walk->texts->walks;
	yes = reach(walk, text_open(walk->run, walk->texts, header, true), target, 0);
	walk->number = number;
	return yes;
}
