/* A unit and the package's headers that it includes, item by item, with the macros that stand at each place. */
#include <string.h>

#include "scan/text.h"

#define DEPTH_MAX 200		/* as GCC's -fmax-include-depth */
#define CONDITIONS_MAX 256

struct text_macro *
text_macro(struct text_walk *walk, struct text_name *name)
{
	return name->walk == walk->number ? name->macro : NULL;
}

static struct text_macro *
own_macro(struct text_walk *walk, struct text_name *name)
{
	if (name->walk != walk->number) {
		name->macro = arena_alloc(&walk->run->arena, sizeof(*name->macro));
		name->walk = walk->number;
		name->macro->defined = NO;
	}
	return name->macro;
}

static void
define(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	bool fresh = item->name->walk != walk->number;
	struct text_macro *macro = own_macro(walk, item->name);

	if (walk->active == YES) {
		*macro = (struct text_macro){ YES, item->text, in, item, false };
		return;
	}
	/* Here or not; the body is known only where nobody else has defined it. */
	macro->body = fresh ? item->text : NULL;
	macro->defined = macro->defined == YES ? YES : MAYBE;
	macro->file = in, macro->item = item, macro->used = false;
}

static void
undefine(struct text_walk *walk, struct text_name *name)
{
	struct text_macro *macro = own_macro(walk, name);

	macro->defined = walk->active == YES || macro->defined == NO ? NO : MAYBE;
}

/* -DNAME, -DNAME=value and -U of the command line. */
static void
define_flags(struct text_walk *walk)
{
	const struct scan_flags *flags = walk->unit->flags;
	struct run *run = walk->run;

	for (size_t i = 0; i < flags->defines.n; i++) {
		const char *text = flags->defines.item[i];
		size_t length = strcspn(text, "=(");
		struct text_name *name = text_name(run, walk->texts, str_copy(&run->arena, text, length));
		const char *value = strchr(text, '=');

		if (text[length] != '=')
			value = text[length] == '(' ? NULL : "=1";
		*own_macro(walk, name) = (struct text_macro){ .defined = YES, .body = value ? value + 1 : NULL };
	}
	for (size_t i = 0; i < flags->undefines.n; i++)
		own_macro(walk, text_name(run, walk->texts, flags->undefines.item[i]))->defined = NO;
}

static void walk_file(struct text_walk *walk, struct text_file *file);

static void
include(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	size_t length = strlen(item->text);
	const char *name, *found;

	if (length < 3)
		return;
	if (walk->depth > DEPTH_MAX || walk->includes >= TEXT_INCLUDES) {
		walk->stopped = walk->depth > DEPTH_MAX ? "its includes are nested deeper than 200"
							: "it has more than 20000 #include lines";
		return;
	}
	walk->includes++;
	name = str_copy(&walk->run->arena, item->text + 1, length - 2);
	found = text_lookup(walk, in->path, name, item->text[0] == '<');
	if (walk->include)
		walk->include(walk, in, item, found);
	if (found && text_own(walk, found))
		walk_file(walk, text_open(walk->run, walk->texts, found, false));
	else if (found && walk->active == YES)
		*list_add(&walk->run->arena, &walk->foreign) = text_open(walk->run, walk->texts, found, true);
}

/* The words of a macro's body count where it is used for the first time. */
static void
use_macro(struct text_walk *walk, struct text_name *name, int depth)
{
	struct text_macro *macro = text_macro(walk, name);
	const struct text_item *item;
	enum tri active = walk->active;

	if (!macro || macro->defined == NO || !macro->item || macro->used || depth > 50)
		return;
	macro->used = true;
	walk->active = macro->defined < active ? macro->defined : active;
	for (item = macro->item + 1; item < macro->file->items.item + macro->file->items.n && item->kind == TEXT_BODY; item++) {
		walk->word(walk, macro->file, item);
		use_macro(walk, item->name, depth + 1);
	}
	walk->active = active;
}

struct condition { enum tri outer, taken; };

static enum tri
both(enum tri a, enum tri b)
{
	return a < b ? a : b;
}

static enum tri
ask(struct text_walk *walk, const struct text_file *file, const struct text_item *item)
{
	const struct text_macro *macro;
	enum tri defined;

	if (item->kind == TEXT_IF || item->kind == TEXT_ELIF)
		return text_condition(walk, file, item->text);
	if (!item->name)
		return MAYBE;
	macro = text_macro(walk, item->name);
	if (item->kind == TEXT_IFNDEF && item->name == file->guard && !macro)
		return YES;
	/* Where it was included under a condition, and now is without one, it is there in any case. */
	if (item->kind == TEXT_IFNDEF && item->name == file->guard && macro->defined == MAYBE && macro->file == file)
		return walk->active == YES ? YES : NO;
	defined = text_defined(walk, item->name);
	return item->kind == TEXT_IFDEF ? defined : YES - defined;
}

/* Returns how many conditions are open now. */
static size_t
walk_condition(struct text_walk *walk, const struct text_file *file, const struct text_item *item, struct condition *open, size_t n)
{
	struct condition *top = n ? &open[(n < CONDITIONS_MAX ? n : CONDITIONS_MAX) - 1] : NULL;
	enum tri answer = NO;

	if (item->kind == TEXT_ENDIF) {
		if (n && n <= CONDITIONS_MAX)
			walk->active = top->outer;
		return n ? n - 1 : 0;
	}
	if (item->kind == TEXT_ELSE || item->kind == TEXT_ELIF) {
		if (!n || n > CONDITIONS_MAX)
			return n;
		if (item->kind == TEXT_ELSE)
			answer = YES;
		else if (top->outer != NO && top->taken != YES)
			answer = ask(walk, file, item);
		walk->active = both(top->outer, both(YES - top->taken, answer));
		top->taken = answer > top->taken ? answer : top->taken;
		return n;
	}
	if (n < CONDITIONS_MAX) {
		if (walk->active != NO)
			answer = ask(walk, file, item);
		open[n] = (struct condition){ walk->active, answer };
		walk->active = both(walk->active, answer);
	}
	return n + 1;
}

static void
walk_item(struct text_walk *walk, struct text_file *file, const struct text_item *item)
{
	switch (item->kind) {
	case TEXT_WORD:
		if (walk->word) {
			walk->word(walk, file, item);
			use_macro(walk, item->name, 0);
		}
		break;
	case TEXT_INCLUDE:
		include(walk, file, item);
		break;
	case TEXT_DEFINE:
		define(walk, file, item);
		break;
	case TEXT_UNDEF:
		if (item->name)
			undefine(walk, item->name);
		break;
	case TEXT_ERROR:
		if (walk->error)
			walk->error(walk, file, item);
		break;
	case TEXT_ONCE:
		*(walk->active == YES ? &file->once : &file->once_maybe) = walk->number;
		break;
	default:
		break;
	}
}

static void
walk_file(struct text_walk *walk, struct text_file *file)
{
	struct condition open[CONDITIONS_MAX];
	enum tri active = walk->active;
	size_t n = 0;

	if (file->once == walk->number || (file->once_maybe == walk->number && active != YES))
		return;
	if (file->unread && file->walk != walk->number && walk->unread)
		walk->unread(walk, file);
	for (size_t i = 0; file->walk != walk->number && i < file->declares.n; i++)
		file->declares.item[i]->declared = walk->number;
	file->walk = walk->number;
	walk->depth++;
	for (size_t i = 0; i < file->items.n; i++) {
		const struct text_item *item = &file->items.item[i];

		if (item->kind >= TEXT_IF && item->kind <= TEXT_ENDIF)
			n = walk_condition(walk, file, item, open, n);
		else if (walk->active != NO)
			walk_item(walk, file, item);
	}
	walk->active = active;
	walk->depth--;
}

/* What -include and -imacros name. */
static void
walk_forced(struct text_walk *walk, const struct strings *names)
{
	for (size_t i = 0; i < names->n; i++) {
		const char *found = text_lookup(walk, walk->unit->file, names->item[i], true);

		if (found && text_own(walk, found))
			walk_file(walk, text_open(walk->run, walk->texts, found, false));
	}
}

bool
text_walk(struct text_walk *walk)
{
	struct text_file *file;

	if (!walk->texts)
		walk->texts = walk->plan->texts ? walk->plan->texts : scan_texts(walk->run);
	walk->number = ++walk->texts->walks;
	walk->active = YES;
	define_flags(walk);
	walk_forced(walk, &walk->unit->flags->macros);
	walk_forced(walk, &walk->unit->flags->forced);
	file = text_open(walk->run, walk->texts, walk->unit->file, false);
	if (file->unread && !file->items.n) {
		walk->stopped = file->unread;
		return false;
	}
	walk_file(walk, file);
	return true;
}
