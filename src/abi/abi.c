/* What was read of both toolkits is compared, kind after kind, and sorted for people. */
#include "abi/abi.h"

#include <stdlib.h>
#include <string.h>

#include "abi/parts.h"

struct abi_change *
abi_add(struct abi_sides *sides, enum abi_effect effect, const char *how, const struct abi_item *before,
	const struct abi_item *after, const char *says)
{
	struct abi_change *change = list_add(&sides->run->arena, &sides->report->changes);
	const struct abi_item *item = before ? before : after;

	*change = (struct abi_change){ .effect = effect, .kind = item->kind, .how = how, .name = item->name, .says = says,
				       .before = before, .after = after };
	return change;
}

/* Worst first; of the same kind the runtime's first. */
static int
by_weight(const void *a, const void *b)
{
	const struct abi_change *x = a, *y = b;
	int row_x = (x->before ? x->before : x->after)->row, row_y = (y->before ? y->before : y->after)->row;

	if (x->effect != y->effect)
		return x->effect < y->effect ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return row_x != row_y ? row_x - row_y : strcmp(x->name, y->name);
}

bool
abi_compare(struct run *run, const struct toolkit *before, const struct toolkit *after,
	    struct abi_report *out)
{
	struct abi_report report = { .toolkit = { before, after } };
	struct abi_sides sides = { .run = run, .report = &report };
	struct clang clang;
	const char *why;

	if (!clang_try(run, &clang, &why))
		return run_fail(run, "%s", why);
	report.clang = str_format(&run->arena, "libclang %s", clang.version);
	if (!abi_read_headers(&sides, &clang))
		return false;
	abi_sort(&sides.before);
	abi_sort(&sides.after);
	abi_structs(&sides);
	abi_values(&sides);
	abi_functions(&sides);
	abi_typedefs(&sides);
	if (report.changes.n)
		qsort(report.changes.item, report.changes.n, sizeof(*report.changes.item), by_weight);
	report.items[0] = sides.before;
	report.items[1] = sides.after;
	*out = report;
	return true;
}
