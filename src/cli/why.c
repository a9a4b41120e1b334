#include "cli/why.h"

#include <limits.h>
#include <string.h>

#include "base/str.h"
#include "cli/print.h"
#include "cli/table.h"

/* A place that several leads named is told once for each reason. */
static bool
told_before(const struct run *run, size_t index)
{
	const struct trace *trace = &run->traces.item[index];

	for (size_t i = index > 64 ? index - 64 : 0; i < index; i++) {
		const struct trace *other = &run->traces.item[i];

		if (str_same(other->who, trace->who) && str_same(other->path, trace->path) &&
		    str_same(other->why, trace->why))
			return true;
	}
	return false;
}

static void
line(struct run *run, struct table *table, const char *name, const char *value)
{
	table_add(run, table, *name ? str_format(&run->arena, "  %s", name) : NULL);
	table_add(run, table, value);
}

/* Where its parts are, and which were not found. */
static void
add_parts(struct run *run, struct table *table, const struct toolkit *toolkit)
{
	if (toolkit->nvcc)
		line(run, table, "nvcc", toolkit->nvcc);
	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		line(run, table, i ? "" : "headers", toolkit->include_dirs.item[i]);
	for (size_t i = 0; i < toolkit->lib_dirs.n; i++)
		line(run, table, i ? "" : "libraries", toolkit->lib_dirs.item[i]);
	if (toolkit->missing.n)
		line(run, table, "missing", strings_join(&run->arena, &toolkit->missing, ", "));
	if (toolkit->gcc_max)
		line(run, table, "accepts", str_format(&run->arena, "GCC up to %d", toolkit->gcc_max));
}

static void
print_toolkit(struct run *run, const struct toolkit *toolkit)
{
	struct table table = { .columns = 2 };

	out("\n%s at %s\n", version_text(&run->arena, &toolkit->version, 0), toolkit->root);
	for (size_t i = 0; i < toolkit->found_by.n; i++)
		line(run, &table, i ? "" : "found by", toolkit->found_by.item[i]);
	line(run, &table, "read as", toolkit->layout);
	for (size_t i = 0; i < toolkit->claims.n; i++) {
		const struct claim *claim = &toolkit->claims.item[i];

		line(run, &table, i ? "" : "versions",
		     str_format(&run->arena, "%s %s: %s", claim->about, version_text(&run->arena, &claim->version, 0),
				claim->file));
	}
	if (toolkit->contradiction)
		line(run, &table, "but", toolkit->contradiction);
	add_parts(run, &table, toolkit);
	if (toolkit->gap)
		line(run, &table, "gap", toolkit->gap);
	if (toolkit->remedy)
		line(run, &table, "remedy", toolkit->remedy);
	out_lines(table_text(run, &table, INT_MAX));	/* evidence is for pasting: never broken */
}

void
why_print(struct run *run, const struct machine *machine)
{
	struct table table = { .columns = 3 };

	for (size_t i = 0; i < machine->toolkits.n; i++)
		print_toolkit(run, &machine->toolkits.item[i]);
	for (size_t i = 0; i < run->traces.n; i++) {
		const struct trace *trace = &run->traces.item[i];

		if (told_before(run, i))
			continue;
		table_add(run, &table, str_format(&run->arena, "  %s", trace->who));
		table_add(run, &table, trace->path);
		table_add(run, &table, trace->why);
	}
	if (!table.cells.n)
		return;
	out("\npassed over\n");
	out_lines(table_text(run, &table, screen_width()));
}

void
why_print_own(struct run *run)
{
	bool first = true;

	for (size_t i = 0; i < run->traces.n; i++) {
		const struct trace *trace = &run->traces.item[i];

		if ((strcmp(trace->who, "environment") != 0 && strcmp(trace->who, "registered") != 0) ||
		    told_before(run, i))
			continue;
		out(first ? "\nnote: %s: %s\n" : "note: %s: %s\n", trace->path,
		       trace->why);
		first = false;
	}
}

void
why_json(struct run *run, struct cJSON *document)
{
	struct cJSON *array = json_put_array(document, "passed_over");

	for (size_t i = 0; i < run->traces.n; i++) {
		const struct trace *trace = &run->traces.item[i];
		struct cJSON *object;

		if (told_before(run, i))
			continue;
		object = json_put_object(array, NULL);
		json_put_text(run, object, "source", trace->who);
		json_put_text(run, object, "path", trace->path);
		json_put_text(run, object, "why", trace->why);
	}
}
