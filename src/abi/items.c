/* What the reading processes wrote, as a sorted table. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "abi/parts.h"

#define COLUMNS 10
#define STEPS 8		/* macros that lead to macros */

static bool
take_line(struct run *run, const char *line, size_t length, struct abi_items *items)
{
	struct strings words = str_split(&run->arena, str_copy(&run->arena, line, length), '\t');
	const char *const *w = words.item;
	long kind = words.n == COLUMNS ? strtol(w[0], NULL, 10) : -1;

	if (kind < 0 || kind >= ABI_KINDS || !*w[1])
		return false;
	*list_add(&run->arena, items) = (struct abi_item){
		.kind = (enum abi_kind)kind, .name = w[1], .of = w[2], .header = w[3], .line = atoi(w[4]),
		.number = strtoll(w[5], NULL, 10), .size = strtoll(w[6], NULL, 10), .local = w[7][0] == '1',
		.type = w[8], .shown = w[9] };
	return true;
}

bool
abi_take(struct run *run, const struct blob *text, int row, struct abi_items *items, const char **error)
{
	size_t at = 0, length, first = items->n;
	const char *line;

	*error = NULL;
	while (blob_line(text, &at, &line, &length)) {
		if (length == 3 && strncmp(line, "end", 3) == 0) {
			for (size_t i = first; i < items->n; i++)
				items->item[i].row = row;
			return true;
		}
		if (length > 6 && strncmp(line, "error\t", 6) == 0)
			*error = str_copy(&run->arena, line + 6, length - 6);
		else if (!take_line(run, line, length, items))
			break;
	}
	items->n = first;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	const struct abi_item *x = a, *y = b;
	int names = strcmp(x->name, y->name);

	return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : names;
}

/* Of what is declared more than once the first row's stays, there the last: a macro may have been defined anew. */
static int
by_place(const void *a, const void *b)
{
	const struct abi_item *x = a, *y = b;
	int names = by_name(a, b);

	if (names)
		return names;
	if (x->row != y->row)
		return x->row - y->row;
	return strcmp(x->header, y->header) ? strcmp(x->header, y->header) : y->line - x->line;
}

void
abi_sort(struct abi_items *items)
{
	size_t n = 0;

	if (!items->n)
		return;
	qsort(items->item, items->n, sizeof(*items->item), by_place);
	for (size_t i = 0; i < items->n; i++)
		if (!n || by_name(&items->item[n - 1], &items->item[i]) != 0)
			items->item[n++] = items->item[i];
	items->n = n;
}

const struct abi_item *
abi_find(const struct abi_items *items, enum abi_kind kind, const char *name)
{
	struct abi_item key = { .kind = kind, .name = name };

	return items->n ? bsearch(&key, items->item, items->n, sizeof(key), by_name) : NULL;
}

/* "( x ) x": what it is given; "( x ) x ## _ptds" is another name. */
static bool
gives_its_argument(const struct abi_items *items, const char *macro)
{
	const struct abi_item *item = abi_find(items, ABI_MACRO, macro);
	size_t n = item && item->local ? strlen(item->type) : 0, half;

	if (n < 7 || strncmp(item->type, "( ", 2) != 0)
		return false;
	half = strcspn(item->type + 2, " ");
	return n == 2 * half + 5 && strncmp(item->type + 2 + half, " ) ", 3) == 0 &&
	       strncmp(item->type + 2, item->type + half + 5, half) == 0;
}

/* The one name that a macro's tokens are, perhaps in the brackets of a macro that gives it back; NULL when they are else. */
static const char *
one_name(struct run *run, const struct abi_items *items, const char *tokens)
{
	const char *blank = strchr(tokens, ' '), *end;
	size_t n = strlen(tokens);

	if (!isalpha((unsigned char)*tokens) && *tokens != '_')
		return NULL;
	if (!blank)
		return tokens;
	if (n < 6 || strncmp(blank, " ( ", 3) != 0 || !str_ends(tokens, " )"))
		return NULL;
	end = tokens + n - 2;
	if (memchr(blank + 3, ' ', (size_t)(end - blank - 3)) ||
	    !gives_its_argument(items, str_copy(&run->arena, tokens, (size_t)(blank - tokens))))
		return NULL;
	return str_copy(&run->arena, blank + 3, (size_t)(end - blank - 3));
}

const char *
abi_meant(struct run *run, const struct abi_items *items, const char *name)
{
	for (int i = 0; i < STEPS; i++) {
		const struct abi_item *macro = abi_find(items, ABI_MACRO, name);
		const char *next = macro && !macro->local ? one_name(run, items, macro->type) : NULL;

		if (!next || strcmp(next, name) == 0)
			break;
		name = next;
	}
	return name;
}
