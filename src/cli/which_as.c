/* cuenv which nvcc --as CONSUMER: what a build system would take here, look by look; --as all: all of them, in a table. */
#include "cli/which_as.h"


#include "base/path.h"
#include "base/world.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/table.h"
#include "consumers/consumers.h"

static const char *
release(struct run *run, const struct pick *pick)
{
	return pick->toolkit ? version_text(&run->arena, &pick->toolkit->version, 0) : "";
}

/* The tool beside the nvcc that it takes. */
static const char *
tool_of(struct run *run, const struct pick *pick, const char *tool)
{
	return str_same(tool, "nvcc") ? pick->nvcc
				      : path_join(&run->arena, path_parent(&run->arena, pick->nvcc), tool);
}

static bool
is_there(struct run *run, const struct pick *pick, const char *tool)
{
	return pick->there && world_is_file(run, tool_of(run, pick, tool));
}

static void
print_one(struct run *run, const struct pick *pick, const char *tool)
{
	const struct consumer *c = pick->consumer;
	struct table table = { .columns = 2 };

	show_wrapped("", str_format(&run->arena, "%s: %s (read in %s)", c->name, c->what, c->read_in));
	for (size_t i = 0; i < pick->sights.n; i++) {
		table_add(run, &table, str_format(&run->arena, "%s %s", pick->sights.item[i].taken ? "*" : " ",
						  pick->sights.item[i].where));
		table_add(run, &table, pick->sights.item[i].saw);
	}
	out_lines(table_text(run, &table, screen_width()));
	if (!pick->root)
		out("It finds none.\n");
	else
		out("%s%s%s%s\n", tool_of(run, pick, tool), pick->toolkit ? ": CUDA " : "",
		       release(run, pick), is_there(run, pick, tool) ? "" : ", which is not there");
}

static void
print_all(struct run *run, const struct picks *picks, const char *tool)
{
	struct table table = { .columns = 4 };

	table_add(run, &table, "WHO");
	table_add(run, &table, "VERSION");
	table_add(run, &table, "BY");
	table_add(run, &table, "TAKES");
	for (size_t i = 0; i < picks->n; i++) {
		const struct pick *pick = &picks->item[i];

		table_add(run, &table, pick->consumer->name);
		table_add(run, &table, release(run, pick));
		table_add(run, &table, pick->root ? pick->sights.item[pick->sights.n - 1].where : "");
		table_add(run, &table, !pick->root ? "none"
				       : str_format(&run->arena, "%s%s", tool_of(run, pick, tool),
						    is_there(run, pick, tool) ? "" : " (not there)"));
	}
	out_lines(table_text(run, &table, screen_width()));
}

static void
put_pick(struct run *run, struct cJSON *list, const struct pick *pick, const char *tool)
{
	struct cJSON *row = json_put_object(list, NULL), *looks, *look;

	json_put_text(run, row, "name", pick->consumer->name);
	json_put_text(run, row, "read_in", pick->consumer->read_in);
	json_put_text(run, row, "root", pick->root);
	json_put_text(run, row, "path", pick->root ? tool_of(run, pick, tool) : NULL);
	json_put_bool(row, "there", pick->root && is_there(run, pick, tool));
	json_put_text(run, row, "version", pick->toolkit ? release(run, pick) : NULL);
	looks = json_put_array(row, "looks");
	for (size_t i = 0; i < pick->sights.n; i++) {
		look = json_put_object(looks, NULL);
		json_put_text(run, look, "where", pick->sights.item[i].where);
		json_put_text(run, look, "saw", pick->sights.item[i].saw);
	}
}

static bool
print_json(struct run *run, const struct picks *picks, const struct findings *findings, const char *tool,
	   int code)
{
	struct cJSON *document = show_document(run, code), *list;

	if (!document)
		return false;
	list = json_put_array(document, "consumers");
	for (size_t i = 0; i < picks->n; i++)
		put_pick(run, list, &picks->item[i], tool);
	show_findings(run, document, findings);
	out_json(json_print(document));
	return true;
}

static bool
choose(struct run *run, const struct machine *machine, const char *name, struct picks *out)
{
	struct strings names = { 0 };
	bool all = str_same(name, "all");

	for (size_t i = 0; i < consumer_count; i++) {
		strings_add(&run->arena, &names, consumers[i].name);
		if (all || str_same(name, consumers[i].name))
			*list_add(&run->arena, out) = consumer_pick(run, machine, &consumers[i]);
	}
	return out->n || run_fail(run, "which --as: '%s' is none of %s, all", clipped(&run->arena, name),
				  strings_join(&run->arena, &names, ", "));
}

int
which_as(struct run *run, const struct machine *machine, const struct request *request, const char *tool)
{
	struct findings findings = { 0 };
	struct picks picks = { 0 };
	bool agree;
	int code;

	if (!choose(run, machine, request_value(request, "as"), &picks))
		return 2;
	agree = consumers_agree(run, &picks, &findings);
	code = (picks.n == 1 ? is_there(run, &picks.item[0], tool) : agree) ? 0 : 1;
	if (request->json) {
		if (!print_json(run, &picks, &findings, tool, code))
			return 2;
	} else if (picks.n == 1) {
		print_one(run, &picks.item[0], tool);
	} else {
		print_all(run, &picks, tool);
		for (size_t i = 0; i < findings.n; i++)
			show_finding(run, &findings.item[i]);
	}
	return code;
}
