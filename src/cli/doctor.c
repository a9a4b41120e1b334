/* cuenv doctor: the machine on one page, and what on it would stop a build or a load. Reads files; runs nothing. */
#include <string.h>

#include "base/finding.h"
#include "base/str.h"
#include "check/check.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/page.h"
#include "cli/print.h"
#include "cli/redact.h"
#include "cli/show.h"

/* Everything that is said, as it may be shown: for a bug report without names. */
struct report {
	struct facts rows;
	struct findings findings;
	const char *summary;
};

static int
count(const struct findings *findings, enum severity severity)
{
	int n = 0;

	for (size_t i = 0; i < findings->n; i++)
		n += findings->item[i].severity == severity;
	return n;
}

static const char *
plural(struct run *run, int n, const char *word)
{
	return n ? str_format(&run->arena, "%d %s%s", n, word, n == 1 ? "" : "s") : NULL;
}

/* "2 problems, 1 warning, 3 notes" */
static const char *
summary(struct run *run, const struct findings *findings)
{
	const char *const parts[] = { plural(run, count(findings, SEVERITY_FAIL), "problem"),
				      plural(run, count(findings, SEVERITY_WARN), "warning"),
				      plural(run, count(findings, SEVERITY_NOTE), "note") };
	struct strings words = { 0 };

	if (!parts[0] && !parts[1])
		strings_add(&run->arena, &words, "no problem");
	for (size_t i = 0; i < 3; i++)
		if (parts[i])
			strings_add(&run->arena, &words, parts[i]);
	return strings_join(&run->arena, &words, ", ");
}

static const char *
clean(struct run *run, const char *text, bool redacted)
{
	return text ? visible(&run->arena, redacted ? redact(run, text) : text) : NULL;
}

static void
clean_all(struct run *run, struct report *report, bool redacted)
{
	for (size_t i = 0; i < report->rows.n; i++)
		report->rows.item[i].value = clean(run, report->rows.item[i].value, redacted);
	for (size_t i = 0; i < report->findings.n; i++) {
		struct finding *f = &report->findings.item[i];

		f->what = clean(run, f->what, redacted);
		f->remedy = clean(run, f->remedy, redacted);
		for (size_t j = 0; j < f->evidence.n; j++)
			f->evidence.item[j] = clean(run, f->evidence.item[j], redacted);
	}
}

static void
print_text(struct run *run, const struct report *report)
{
	for (size_t i = 0; i < report->rows.n; i++)
		show_wrapped(str_format(&run->arena, "%-12s", report->rows.item[i].name), report->rows.item[i].value);
	out("\n%s\n", report->summary);
	for (size_t i = 0; i < report->findings.n; i++)
		show_finding(run, &report->findings.item[i]);
}

/* Text as Markdown's own signs cannot change it. */
static const char *
code(struct run *run, const char *text)
{
	const char *fence = strchr(text, '`') ? "``" : "`", *blank = fence[1] ? " " : "";

	return str_format(&run->arena, "%s%s%s%s%s", fence, blank, text, blank, fence);
}

static void
print_markdown(struct run *run, const struct report *report)
{
	out("### cuenv doctor: %s\n\n```\n", report->summary);
	for (size_t i = 0; i < report->rows.n; i++)
		show_wrapped(str_format(&run->arena, "%-12s", report->rows.item[i].name), report->rows.item[i].value);
	out("```\n");
	for (size_t i = 0; i < report->findings.n; i++) {
		const struct finding *f = &report->findings.item[i];

		out("\n**%s %s**: %s\n\n", f->code, show_severity(f->severity), f->what);
		for (size_t j = 0; j < f->evidence.n; j++)
			out("- %s\n", code(run, f->evidence.item[j]));
		if (f->remedy)
			out(f->evidence.n ? "\n```sh\n%s\n```\n" : "```sh\n%s\n```\n", f->remedy);
	}
}

static bool
print_json(struct run *run, const struct machine *machine, const struct report *report, bool ok, bool redacted)
{
	struct cJSON *document = show_document(run, ok ? 0 : 1);
	const char *text;

	if (!document)
		return false;
	page_json(run, document, machine);
	show_findings(run, document, &report->findings);
	text = json_print(document);
	out_json(redacted ? redact(run, text) : text);
	return true;
}

static int
run_doctor(struct run *run, const struct machine *machine, const struct request *request)
{
	bool redacted = request_has(request, "redact"), ok;
	struct report report = { 0 };

	check_machine(run, machine, &report.findings);
	if (run->error)
		return 2;
	ok = !count(&report.findings, SEVERITY_FAIL) &&
	     !(request_has(request, "strict") && count(&report.findings, SEVERITY_WARN));
	if (request->json)
		return !print_json(run, machine, &report, ok, redacted) ? 2 : ok ? 0 : 1;
	report.rows = page_rows(run, machine);
	report.summary = summary(run, &report.findings);
	clean_all(run, &report, redacted);
	if (request_has(request, "markdown"))
		print_markdown(run, &report);
	else
		print_text(run, &report);
	return ok ? 0 : 1;
}

static const struct choice choices[] = {
	{ "strict", NULL, "exit with 1 for warnings too" },
	{ "markdown", NULL, "for a bug report" },
	{ "redact", NULL, "without the names of user and machine, and without paths of homes" },
	{ "python", "PATH", "the Python, or its environment, whose packages are meant" },
	{ 0 },
};

const struct command command_doctor = {
	.name = "doctor",
	.arguments = "",
	.summary = "the machine on one page, and what on it would stop a build or a load",
	.details = "Driver, GPUs, toolkits, torch and its like, cuDNN, compilers, C library; then findings, each with a stable\n"
		   "code, the evidence and a command. It reads files and runs nothing. fail: a build or a load here and now\n"
		   "would fail; warn: it may, or takes something else than is meant; note: good to know. What cannot be\n"
		   "known without compiling is verify's.\n\n"
		   "Exit code 0: nothing fails; 1: something does (with --strict also: a warning); 2: could not be told.",
	.needs = NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS | NEED_DRIVER | NEED_GPUS | NEED_LIBRARIES |
		 NEED_PACKAGES | NEED_COMPUTER,
	.choices = choices,
	.json = true,
	.run = run_doctor,
};
