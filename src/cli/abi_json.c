#include "cli/abi_json.h"
#include "cli/print.h"

#include <string.h>

#include "cli/show.h"

static const char *const effects[] = { "compiled", "source", "none", "new" };
static const char *const kinds[] = { "struct", "field", "enumerator", "function", "typedef", "macro" };

static void
put_fields(struct run *run, struct cJSON *in, const struct abi_items *items, const struct abi_item *of)
{
	struct cJSON *list = json_put_array(in, "fields"), *row;

	for (size_t i = 0; i < items->n; i++) {
		const struct abi_item *field = &items->item[i];

		if (!abi_is_field(field, of))
			continue;
		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", field->name + strlen(of->name) + 1);
		json_put_number(row, "bit", (double)field->number);
		json_put_number(row, "bits", (double)field->size);
		json_put_text(run, row, "type", field->shown);
	}
}

static void
put_item(struct run *run, struct cJSON *in, const char *key, const struct abi_items *items, const struct abi_item *item)
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
	json_put_text(run, row, "kind", kinds[item->kind]);
	json_put_text(run, row, "type", *item->shown ? item->shown : item->type);
	json_put_text(run, row, "canonical", item->type);
	if (item->kind == ABI_STRUCT)
		put_fields(run, row, items, item);
}

static void
put_change(struct run *run, struct cJSON *in, const struct abi_report *report, const struct abi_change *change)
{
	struct cJSON *row = json_put_object(in, NULL);

	json_put_text(run, row, "breaks", effects[change->effect]);
	json_put_text(run, row, "kind", kinds[change->kind]);
	json_put_text(run, row, "change", change->how);
	json_put_text(run, row, "name", change->name);
	json_put_text(run, row, "says", change->says);
	json_put_strings(run, row, "details", &change->details);
	put_item(run, row, "before", &report->items[0], change->before);
	put_item(run, row, "after", &report->items[1], change->after);
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
abi_json(struct run *run, const struct abi_report *report, bool all, int code)
{
	struct cJSON *document = show_document(run, code), *list;

	if (!document)
		return false;
	show_toolkit(run, document, "before", report->toolkit[0], NULL);
	show_toolkit(run, document, "after", report->toolkit[1], NULL);
	json_put_text(run, document, "read_by", report->clang);
	put_headers(run, document, report);
	list = json_put_array(document, "changes");
	for (size_t i = 0; i < report->changes.n; i++)
		put_change(run, list, report, &report->changes.item[i]);
	list = all ? json_put_array(document, "same") : NULL;
	for (size_t i = 0; all && i < report->same.n; i++)
		put_item(run, list, NULL, &report->items[0], &report->same.item[i]);
	out_json(json_print(document));
	return true;
}
