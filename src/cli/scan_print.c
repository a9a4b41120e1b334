/* The answer of cuenv scan, in words and as JSON. */

#include "base/str.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/scan.h"
#include "cli/show.h"

#define UNREAD 5	/* files told by name that could not be read */

static const char *const verdicts[] = { "compiles", "unknown", "fails" };
static const char *const ways[] = { "libclang", "text", "none", "compiler" };

static void
row(struct run *run, const char *name, const char *text)
{
	show_wrapped(str_format(&run->arena, "  %-9s ", name), text);
}

static void
print_facts(struct run *run, const struct scan_said *said)
{
	const struct scan_report *report = &said->report;
	const struct machine *m = said->plan.machine;

	row(run, "sources", str_format(&run->arena, "%zu file%s, %zu of them CUDA; %s", report->all, report->all == 1 ? "" : "s",
				       report->cuda, said->plan.from));
	if (m->torch)
		row(run, "torch", str_format(&run->arena, "%s (CUDA %s) in %s", m->torch->version ? m->torch->version : "?",
					     m->torch->cuda.n ? version_text(&run->arena, &m->torch->cuda, 0) : "none",
					     m->python->executable));
	if (m->toolkit)
		row(run, "toolkit", str_format(&run->arena, "CUDA %s at %s", version_text(&run->arena, &m->toolkit->version, 0),
					       m->toolkit->root));
	row(run, report->text == report->all ? "as text" : "read by", !report->confirmed ? said->clang
	    : str_format(&run->arena, "%s; %zu in doubt compiled", said->clang, report->confirmed));
	if (said->taken_by)
		row(run, "taken by", str_format(&run->arena, "%s, as far as the facts reach", said->taken_by));
}

static void
print_finding(struct run *run, const struct finding *finding)
{
	struct finding shown = *finding;
	struct strings evidence = { 0 };

	for (size_t i = 0; i < finding->evidence.n; i++)
		strings_add(&run->arena, &evidence, visible(&run->arena, finding->evidence.item[i]));
	shown.evidence = evidence;
	shown.what = visible(&run->arena, finding->what);
	shown.remedy = finding->remedy ? visible(&run->arena, finding->remedy) : NULL;
	show_finding(run, &shown);
}

void
scan_print(struct run *run, const struct scan_said *said)
{
	const struct strings *unread = &said->report.unread;

	show_wrapped("", said->headline);
	print_facts(run, said);
	for (size_t i = 0; i < said->findings.n; i++)
		print_finding(run, &said->findings.item[i]);
	for (size_t i = 0; i < said->plan.findings.n; i++)
		print_finding(run, &said->plan.findings.item[i]);
	if (unread->n)
		out("\nnot read:\n");
	for (size_t i = 0; i < unread->n && i < UNREAD; i++)
		show_wrapped("  - ", unread->item[i]);
	if (unread->n > UNREAD)
		out("  - and %zu more\n", unread->n - UNREAD);
	if (said->command)
		out("\n%s\n", said->command);
}

static void
put_hits(struct run *run, struct cJSON *in, const struct scan_hits *hits)
{
	struct cJSON *list = json_put_array(in, "hits");

	for (size_t i = 0; i < hits->n; i++) {
		const struct scan_hit *hit = &hits->item[i];
		struct cJSON *item = json_put_object(list, NULL);

		json_put_bool(item, "sure", hit->sure);
		json_put_text(run, item, "code", hit->code);
		json_put_text(run, item, "cause", hit->cause);
		json_put_text(run, item, "remedy", hit->remedy);
		json_put_text(run, item, "file", hit->file);
		json_put_number(item, "line", hit->line);
		json_put_number(item, "column", hit->column);
		json_put_text(run, item, "says", hit->says);
		json_put_text(run, item, "of", hit->of);
		json_put_text(run, item, "name", hit->name);
	}
}

/* Flags that files share are told once; a file says which ones are its. */
struct seen { const struct scan_flags **item; size_t n; };

static size_t
flags_index(struct run *run, const struct scan_flags *flags, struct seen *seen)
{
	for (size_t i = seen->n; i-- > 0;)
		if (seen->item[i] == flags)
			return i;
	*list_add(&run->arena, seen) = flags;
	return seen->n - 1;
}

static void
put_flags(struct run *run, struct cJSON *in, const struct scan_flags *flags)
{
	struct cJSON *item = json_put_object(in, NULL);

	json_put_text(run, item, "language", flags->cuda ? "cuda" : "c++");
	json_put_number(item, "std", flags->std);
	json_put_text(run, item, "std_by", flags->std_by);
	json_put_strings(run, item, "include_dirs", &flags->include_dirs);
	json_put_strings(run, item, "system_dirs", &flags->system_dirs);
	json_put_strings(run, item, "defines", &flags->defines);
	json_put_strings(run, item, "undefines", &flags->undefines);
	json_put_strings(run, item, "forced", &flags->forced);
	json_put_strings(run, item, "macros", &flags->macros);
	json_put_strings(run, item, "others", &flags->others);
	json_put_strings(run, item, "left_out", &flags->left_out);
}

static void
put_files(struct run *run, struct cJSON *document, const struct scan_results *results)
{
	struct cJSON *files = json_put_array(document, "files"), *flags = json_put_array(document, "flags");
	struct seen seen = { 0 };

	for (size_t i = 0; i < results->n; i++) {
		const struct scan_result *result = &results->item[i];
		struct cJSON *item = json_put_object(files, NULL);
		size_t known = seen.n, index = flags_index(run, result->unit->flags, &seen);

		if (index == known)
			put_flags(run, flags, result->unit->flags);
		json_put_text(run, item, "file", result->unit->file);
		json_put_text(run, item, "verdict", verdicts[scan_verdict(result)]);
		json_put_text(run, item, "read", ways[result->how]);
		json_put_text(run, item, "why", result->why);
		json_put_bool(item, "cached", result->cached);
		json_put_number(item, "flags", (double)index);
		put_hits(run, item, &result->hits);
	}
}

bool
scan_print_json(struct run *run, const struct scan_said *said, int code)
{
	const struct machine *m = said->plan.machine;
	const struct scan_report *report = &said->report;
	struct cJSON *document = show_document(run, code), *row;
	struct findings findings = { 0 };

	if (!document)
		return false;
	json_put_text(run, document, "headline", said->headline);
	json_put_text(run, document, "dir", said->plan.dir);
	json_put_text(run, document, "from", said->plan.from);
	json_put_text(run, document, "read_by", said->clang);
	json_put_text(run, document, "taken_by", said->taken_by);
	json_put_text(run, document, "command", said->command);
	show_toolkit(run, document, "toolkit", m->toolkit, m->torch);
	show_python(run, document, m->python);
	show_torch(run, document, m->torch);
	row = json_put_object(document, "count");
	json_put_number(row, "files", (double)report->all);
	json_put_number(row, "fail", (double)report->fail);
	json_put_number(row, "unknown", (double)report->doubt);
	json_put_number(row, "compile", (double)report->compile);
	json_put_number(row, "text_only", (double)report->text);
	put_files(run, document, &said->results);
	for (size_t i = 0; i < said->findings.n; i++)
		*list_add(&run->arena, &findings) = said->findings.item[i];
	for (size_t i = 0; i < said->plan.findings.n; i++)
		*list_add(&run->arena, &findings) = said->plan.findings.item[i];
	show_findings(run, document, &findings);
	out_json(json_print(document));
	return true;
}
