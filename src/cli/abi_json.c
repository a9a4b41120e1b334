#include "cli/abi_json.h"

#include <stdio.h>

#include "cli/show.h"

static const char *const effects[] = { "compiled", "source", "none", "new" };
static const char *const kinds[] = { "struct", "field", "enumerator", "function", "typedef", "macro" };

static void
put_item(struct run *run, struct cJSON *in, const char *key, const struct abi_item *item)
{
	struct cJSON *row;

	if (!item) {
		json_put_text(run, in, key, NULL);
		return;
	}
	row = json_put_object(in, key);
	json_put_text(run, row, "name", item->name);
	json_put_text(run, row, "header", item->header);
	json_put_number(row, "line", item->line);
	if (item->kind == ABI_STRUCT || item->kind == ABI_TYPEDEF)
		json_put_number(row, "size", (double)item->number);
	if (item->kind == ABI_STRUCT)
		json_put_number(row, "align", (double)item->size);
	if (item->kind == ABI_ENUMERATOR)
		json_put_number(row, "value", (double)item->number);
	if (item->kind == ABI_FUNCTION)
		json_put_bool(row, "inline", item->local);
	if (*item->shown || *item->type)
		json_put_text(run, row, "type", *item->shown ? item->shown : item->type);
}

static void
put_change(struct run *run, struct cJSON *in, const struct abi_change *change)
{
	struct cJSON *row = json_put_object(in, NULL);

	json_put_text(run, row, "breaks", effects[change->effect]);
	json_put_text(run, row, "kind", kinds[change->kind]);
	json_put_text(run, row, "change", change->how);
	json_put_text(run, row, "name", change->name);
	json_put_text(run, row, "says", change->says);
	json_put_strings(run, row, "details", &change->details);
	put_item(run, row, "before", change->before);
	put_item(run, row, "after", change->after);
}

static void
put_headers(struct run *run, struct cJSON *document, const struct abi_report *report)
{
	struct cJSON *list = json_put_array(document, "headers"), *row;

	for (size_t i = 0; i < report->headers.n; i++) {
		const struct abi_header *header = &report->headers.item[i];

		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", header->name);
		json_put_bool(row, "compared", !header->missing);
		json_put_text(run, row, "why", header->missing);
		json_put_text(run, row, "soname_before", header->soname[0]);
		json_put_text(run, row, "soname_after", header->soname[1]);
	}
}

bool
abi_json(struct run *run, const struct abi_report *report, bool all)
{
	struct cJSON *document = show_document(run), *list;

	if (!document)
		return false;
	show_toolkit(run, document, "before", report->toolkit[0], NULL);
	show_toolkit(run, document, "after", report->toolkit[1], NULL);
	json_put_text(run, document, "clang", report->clang);
	put_headers(run, document, report);
	list = json_put_array(document, "changes");
	for (size_t i = 0; i < report->changes.n; i++)
		put_change(run, list, &report->changes.item[i]);
	list = all ? json_put_array(document, "same") : NULL;
	for (size_t i = 0; all && i < report->same.n; i++) {
		put_item(run, list, NULL, &report->same.item[i]);
	}
	fputs(json_print(document), stdout);
	return true;
}
