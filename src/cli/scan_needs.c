/* cuenv scan --needs: what sources use of CUDA and torch, and which releases have all of it. */
#include "scan/needs.h"

#include <string.h>

#include "base/path.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/scan.h"
#include "cli/show.h"

static const char *
place(struct run *run, const struct scan_plan *plan, const struct used *need)
{
	const char *file = need->file;

	if (plan->dir && path_below(file, plan->dir) && strlen(file) > strlen(plan->dir))
		file += strlen(plan->dir) + 1;
	return need->line ? str_format(&run->arena, "%s:%d", file, need->line) : file;
}

static void
print_bound(struct run *run, const struct scan_plan *plan, const struct used *need, const char *label, bool low)
{
	const struct version *version = low ? &need->api.since : &need->api.until;
	const char *text = version_text(&run->arena, version, 0);
	struct version near = need->api.lacked.n || need->api.had.n ? *version : (struct version){ 0 };
	const char *says = strcmp(need->kind, "flag") == 0 ?
		str_format(&run->arena, "%s, and torch %s demands more", need->name, text) : api_says(run, &need->api, &near);

	show_wrapped(label, str_format(&run->arena, "%s %s: %s (%s)", low ? "from" : "before", text, says,
							    place(run, plan, need)));
}

static void
print_range(struct run *run, const struct scan_plan *plan, const struct need_range *range, const char *label)
{
	if (range->low)
		print_bound(run, plan, range->low, label, true);
	if (range->high)
		print_bound(run, plan, range->high, range->low ? "            " : label, false);
	if (!range->low && !range->high)
		show_wrapped(label, str_format(&run->arena, "any that the facts cover, %s", range->covers));
	if (range->none)
		show_wrapped("            ", str_format(&run->arena, "no release of %s has all of it", range->of));
}

static bool
is_shown(const struct used *need, const char *of, bool headers)
{
	return str_same(need->of, of) && (strcmp(need->kind, "header") == 0) == headers && strcmp(need->kind, "flag") != 0;
}

/* A row of the page; its first column is left out where the row before it has the same. */
static void
print_names(struct run *run, const struct scan_needs *needs, const char *of, bool headers, bool *first)
{
	const char *label = str_format(&run->arena, "  %-9s of %s: ", !*first ? "" : headers ? "headers" : "names",
				       of ? of : "others, and not found here");
	struct strings names = { 0 };

	for (size_t i = 0; i < needs->needs.n; i++)
		if (is_shown(&needs->needs.item[i], of, headers) && (of || needs->needs.item[i].always))
			strings_add(&run->arena, &names, needs->needs.item[i].name);
	strings_sort(&names);
	*first = *first && !names.n;
	if (names.n)
		show_wrapped(label, strings_join(&run->arena, &names, " "));
}

static void
print_text(struct run *run, const struct scan_plan *plan, const struct scan_needs *needs)
{
	bool headers = true, names = true;

	out("what %zu file%s%s%s need%s of CUDA and torch\n", plan->units.n, plan->units.n == 1 ? "" : "s",
	       plan->name ? " of " : "", plan->name ? plan->name : "", plan->units.n == 1 ? "s" : "");
	print_range(run, plan, &needs->cuda, "  CUDA      ");
	print_range(run, plan, &needs->torch, "  torch     ");
	if (needs->libraries.n)
		show_wrapped("  libraries ", strings_join(&run->arena, &needs->libraries, ", "));
	print_names(run, needs, "CUDA", true, &headers);
	print_names(run, needs, "torch", true, &headers);
	print_names(run, needs, NULL, true, &headers);
	print_names(run, needs, "CUDA", false, &names);
	print_names(run, needs, "torch", false, &names);
	show_wrapped("  known     ", str_format(&run->arena, "the facts cover torch %s and CUDA %s; what is used only under a "
						"condition on versions sets no bound", needs->torch.covers, needs->cuda.covers));
}

static void
put_bound(struct run *run, struct cJSON *in, const char *key, const struct scan_plan *plan, const struct used *need, bool low)
{
	struct cJSON *out;

	if (!need) {
		json_put_text(run, in, key, NULL);
		return;
	}
	out = json_put_object(in, key);
	json_put_text(run, out, "version", version_text(&run->arena, low ? &need->api.since : &need->api.until, 0));
	json_put_text(run, out, "name", need->name);
	json_put_text(run, out, "place", place(run, plan, need));
	json_put_text(run, out, "source", need->api.source);
}

static void
put_range(struct run *run, struct cJSON *in, const char *key, const struct scan_plan *plan, const struct need_range *range)
{
	struct cJSON *out = json_put_object(in, key);

	put_bound(run, out, "from", plan, range->low, true);
	put_bound(run, out, "before", plan, range->high, false);
	json_put_bool(out, "possible", !range->none);
	json_put_text(run, out, "facts_cover", range->covers);
}

static bool
print_json(struct run *run, const struct scan_plan *plan, const struct scan_needs *needs, int code)
{
	struct cJSON *document = show_document(run, code), *list, *row;

	if (!document)
		return false;
	json_put_text(run, document, "package", plan->name);
	row = json_put_object(document, "count");
	json_put_number(row, "files", (double)plan->units.n);
	row = json_put_object(document, "needs");
	put_range(run, row, "cuda", plan, &needs->cuda);
	put_range(run, row, "torch", plan, &needs->torch);
	list = json_put_array(document, "libraries");
	for (size_t i = 0; i < needs->libraries.n; i++) {
		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", needs->libraries.item[i]);
		json_put_text(run, row, "by", needs->libraries_by.item[i]);
	}
	list = json_put_array(document, "uses");
	for (size_t i = 0; i < needs->needs.n; i++) {
		const struct used *need = &needs->needs.item[i];

		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", need->name);
		json_put_text(run, row, "of", need->of);
		json_put_text(run, row, "kind", need->kind);
		json_put_text(run, row, "place", place(run, plan, need));
		json_put_bool(row, "always", need->always);
	}
	out_json(json_print(document));
	return true;
}

int
scan_print_needs(struct run *run, const struct machine *machine, const struct scan_wish *wish, bool json)
{
	struct scan_needs needs = { 0 };
	struct scan_plan plan;
	int code;

	if (!scan_plan(run, machine, wish, &plan))
		return 2;
	scan_needs(run, &plan, &needs);
	code = needs.cuda.none || needs.torch.none ? 1 : 0;
	if (run->error || (json && !print_json(run, &plan, &needs, code)))
		return 2;
	if (!json)
		print_text(run, &plan, &needs);
	return code;
}
