#include "scan/report.h"

#include <string.h>

#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"

#define PLACES 3	/* shown of one cause */
#define SAYS 100	/* bytes of what a compiler or a line says */

enum scan_verdict
scan_verdict(const struct scan_result *result)
{
	enum scan_verdict verdict = result->how == SCAN_NOT_READ ? SCAN_DOUBTFUL : SCAN_COMPILES;

	for (size_t i = 0; i < result->hits.n; i++)
		if (result->hits.item[i].sure)
			return SCAN_FAILS;
		else
			verdict = SCAN_DOUBTFUL;
	return verdict;
}

const char *
scan_shown(struct run *run, const struct scan_plan *plan, const char *file)
{
	const char *dir = plan->dir ? plan->dir : run->cwd;

	return path_below(file, dir) && file[strlen(dir)] == '/' ? file + strlen(dir) + 1 : file;
}

static const char *
place(struct run *run, const struct scan_plan *plan, const struct scan_hit *hit)
{
	const char *file = hit->file ? scan_shown(run, plan, hit->file) : "?", *says = hit->says ? hit->says : "";
	const char *line = hit->line ? str_format(&run->arena, ":%d", hit->line) : "";

	if (strlen(says) > SAYS)
		says = str_format(&run->arena, "%.*s…", SAYS, says);
	return str_format(&run->arena, "%s%s%s%s", file, line, *says ? ": " : "", says);
}

static struct scan_cause *
cause_of(struct run *run, const struct scan_hit *hit, struct scan_report *report)
{
	struct scan_cause *cause;

	for (size_t i = 0; i < report->causes.n; i++) {
		cause = &report->causes.item[i];
		if (cause->hit->sure == hit->sure && str_same(cause->hit->code, hit->code) &&
		    str_same(cause->hit->cause, hit->cause))
			return cause;
	}
	cause = list_add(&run->arena, &report->causes);
	cause->hit = hit;
	return cause;
}

static void
add_result(struct run *run, const struct scan_plan *plan, const struct scan_result *result, struct scan_report *out)
{
	enum scan_verdict verdict = scan_verdict(result);

	out->all++;
	out->cuda += result->unit->flags->cuda;
	out->fail += verdict == SCAN_FAILS;
	out->doubt += verdict == SCAN_DOUBTFUL;
	out->compile += verdict == SCAN_COMPILES;
	out->text += result->how == SCAN_BY_TEXT;
	out->confirmed += result->how == SCAN_BY_COMPILER;
	if (result->how == SCAN_NOT_READ)
		strings_add(&run->arena, &out->unread, str_format(&run->arena, "%s: %s",
			    scan_shown(run, plan, result->unit->file), result->why ? result->why : "could not be read"));
	for (size_t i = 0; i < result->hits.n; i++) {
		const struct scan_hit *hit = &result->hits.item[i];
		struct scan_cause *cause;
		bool counted = false;

		if (verdict == SCAN_FAILS && !hit->sure)
			continue;	/* it stops anyway */
		cause = cause_of(run, hit, out);
		for (size_t k = 0; k < i && !counted; k++)
			counted = result->hits.item[k].sure == hit->sure && str_same(result->hits.item[k].code, hit->code) &&
				  str_same(result->hits.item[k].cause, hit->cause);
		cause->files += !counted;
		strings_add_once(&run->arena, &cause->places, place(run, plan, hit));
	}
}

static bool
goes_before(const struct scan_cause *a, const struct scan_cause *b)
{
	return a->hit->sure != b->hit->sure ? a->hit->sure : a->files > b->files;
}

static void
sort(struct scan_report *report)
{
	for (size_t i = 1; i < report->causes.n; i++) {
		struct scan_cause moved = report->causes.item[i];
		size_t at = i;

		for (; at > 0 && goes_before(&moved, &report->causes.item[at - 1]); at--)
			report->causes.item[at] = report->causes.item[at - 1];
		report->causes.item[at] = moved;
	}
}

void
scan_report(struct run *run, const struct scan_plan *plan, const struct scan_results *results, struct scan_report *out)
{
	*out = (struct scan_report){ 0 };
	for (size_t i = 0; i < results->n; i++)
		add_result(run, plan, &results->item[i], out);
	sort(out);
}

void
scan_findings(struct run *run, const struct scan_report *report, struct findings *out)
{
	for (size_t i = 0; i < report->causes.n; i++) {
		const struct scan_cause *cause = &report->causes.item[i];
		const struct scan_hit *hit = cause->hit;
		const char *files = cause->files == 1 ? "1 file" : str_format(&run->arena, "%zu files", cause->files);
		struct finding *finding = finding_add(run, out, hit->code, hit->sure ? SEVERITY_FAIL : SEVERITY_WARN,
			str_format(&run->arena, hit->sure ? "%s (%s)" : "could not tell: %s (%s)", hit->cause, files), hit->remedy);

		for (size_t k = 0; k < cause->places.n && k < PLACES; k++)
			strings_add(&run->arena, &finding->evidence, cause->places.item[k]);
		if (cause->places.n > PLACES)
			strings_add(&run->arena, &finding->evidence,
				    str_format(&run->arena, "and %zu more", cause->places.n - PLACES));
	}
}
