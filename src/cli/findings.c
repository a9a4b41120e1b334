#include "cli/findings.h"

#include <stdio.h>
#include <string.h>

#include "base/finding.h"
#include "base/str.h"
#include "cli/show.h"

#define WIDTH 80

/* Characters, not bytes, of the next n bytes. */
static size_t
columns(const char *text, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

void
show_wrapped(const char *label, const char *text)
{
	size_t indent = columns(label, strlen(label)), at = indent;

	fputs(label, stdout);
	while (*text) {
		size_t n = strcspn(text, " "), wide = columns(text, n);

		if (at > indent && at + 1 + wide > WIDTH) {
			printf("\n%*s", (int)indent, "");
			at = indent;
		} else if (at > indent) {
			putchar(' ');
			at++;
		}
		printf("%.*s", (int)n, text);
		at += wide;
		text += n + strspn(text + n, " ");
	}
	putchar('\n');
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
	printf("\n");
	show_wrapped(str_format(&run->arena, "%s %s: ", f->code, show_severity(f->severity)), f->what);
	for (size_t i = 0; i < f->evidence.n; i++)
		show_wrapped("  - ", f->evidence.item[i]);
	if (f->remedy)
		printf("  → %s\n", f->remedy);
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
	struct cJSON *document = json ? show_document(run) : NULL, *list = NULL, *row;

	if (json && !document)
		return 2;
	list = json ? json_put_array(document, "codes") : NULL;
	for (const struct code *c = finding_codes; c->code; c++) {
		if (!json) {
			printf("%s  %s\n", c->code, c->meaning);
			continue;
		}
		row = json_put_object(list, NULL);
		json_put_text(run, row, "code", c->code);
		json_put_text(run, row, "meaning", c->meaning);
	}
	if (json)
		fputs(json_print(document), stdout);
	return 0;
}
