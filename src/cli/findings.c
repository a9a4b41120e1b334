#include "cli/findings.h"

#include <string.h>

#include "base/finding.h"
#include "base/str.h"
#include "cli/print.h"
#include "cli/show.h"

#define WIDTH 80

#define TEXT_MAX ((size_t)8 << 10)	/* bytes of one text */

/* Columns of the next n bytes as they are shown. */
static int
columns(const char *text, size_t n)
{
	int all = 0, one;
	char room[16];

	for (size_t at = 0; at < n; all += one)
		at += shown_next(text + at, room, &one);
	return all;
}

void
show_wrapped(const char *label, const char *text)
{
	int indent = columns(label, strlen(label)), at = indent;
	const char *start = text;

	out("%s", label);
	while (*text && text < start + TEXT_MAX) {
		size_t n = strcspn(text, " ");
		int wide = columns(text, n);

		if (at > indent && at + 1 + wide > WIDTH) {
			out("\n%*s", indent, "");
			at = indent;
		} else if (at > indent) {
			out(" ");
			at++;
		}
		out("%.*s", (int)n, text);
		at += wide;
		text += n + strspn(text + n, " ");
	}
	out(*text ? " …\n" : "\n");
}

const char *
show_severity(enum severity severity)
{
	static const char *const names[] = { "note", "warn", "fail" };

	return names[severity];
}

void
show_finding(struct run *run, const struct finding *f)
{
	out("\n");
	show_wrapped(str_format(&run->arena, "%s %s: ", f->code, show_severity(f->severity)), f->what);
	for (size_t i = 0; i < f->evidence.n; i++)
		show_wrapped("  - ", f->evidence.item[i]);
	if (f->remedy)
		out("  → %s\n", f->remedy);
}

void
show_findings(struct run *run, struct cJSON *in, const struct findings *findings)
{
	struct cJSON *list = json_put_array(in, "findings");

	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *f = &findings->item[i];
		struct cJSON *row = json_put_object(list, NULL);

		json_put_text(run, row, "code", f->code);
		json_put_text(run, row, "severity", show_severity(f->severity));
		json_put_text(run, row, "what", f->what);
		json_put_strings(run, row, "evidence", &f->evidence);
		json_put_text(run, row, "remedy", f->remedy);
	}
}

int
show_codes(struct run *run, bool json)
{
	struct cJSON *document = json ? show_document(run, 0) : NULL, *list = NULL, *row;

	if (json && !document)
		return 2;
	list = json ? json_put_array(document, "codes") : NULL;
	for (const struct code *c = finding_codes; c->code; c++) {
		if (!json) {
			out("%s  %s\n", c->code, c->meaning);
			continue;
		}
		row = json_put_object(list, NULL);
		json_put_text(run, row, "code", c->code);
		json_put_text(run, row, "meaning", c->meaning);
	}
	if (json)
		out_json(json_print(document));
	return 0;
}
