#include "cli/explain_code.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/finding.h"
#include "base/str.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "explain/explain.h"

bool
explain_is_code(const char *word)
{
	return strlen(word) == 5 && strncasecmp(word, "CE", 2) == 0 && isdigit((unsigned char)word[2]) &&
	       isdigit((unsigned char)word[3]) && isdigit((unsigned char)word[4]);
}

/* A pattern's first alternative as people know it: <name> for what may stand there, "…" where it has no name. */
static const char *
message(struct run *run, const char *pattern)
{
	struct strings pieces = { 0 };
	const char *end = pattern + strcspn(pattern, "\n");

	pattern += *pattern == '^';
	while (pattern < end) {
		size_t plain = strcspn(pattern, "{\n");

		strings_add(&run->arena, &pieces, str_copy(&run->arena, pattern, plain));
		pattern += plain;
		if (*pattern != '{')
			break;
		plain = strcspn(pattern + 1, ":}/");
		strings_add(&run->arena, &pieces, plain ? str_format(&run->arena, "<%.*s>", (int)plain, pattern + 1) : "…");
		pattern += strcspn(pattern, "}") + 1;
	}
	return strings_join(&run->arena, &pieces, "");
}

static const struct code *
find(const char *word)
{
	for (const struct code *c = finding_codes; c->code; c++)
		if (strcasecmp(c->code, word) == 0)
			return c;
	return NULL;
}

static int
print_json(struct run *run, const struct code *code)
{
	struct cJSON *document = show_document(run, 0), *list, *row;

	if (!document)
		return 2;
	json_put_text(run, document, "code", code->code);
	json_put_text(run, document, "meaning", code->meaning);
	list = json_put_array(document, "messages");
	for (const struct cause *c = causes; c->pattern; c++) {
		if (!str_same(c->code, code->code))
			continue;
		row = json_put_object(list, NULL);
		json_put_text(run, row, "text", message(run, c->pattern));
		json_put_text(run, row, "what", explain_filled(run, &(struct hit){ .cause = c }, c->what, NULL, NULL));
		json_put_text(run, row, "remedy", explain_filled(run, &(struct hit){ .cause = c }, c->remedy, NULL, NULL));
	}
	out_json(json_print(document));
	return 0;
}

int
explain_code(struct run *run, const char *word, bool json)
{
	const struct code *code = find(word);
	struct strings remedies = { 0 };
	bool said = false;

	if (!code) {
		run_fail(run, "there is no code %s; all codes: cuenv verify --codes", word);
		return 2;
	}
	if (json)
		return print_json(run, code);
	show_wrapped(str_format(&run->arena, "%s: ", code->code), code->meaning);
	for (const struct cause *c = causes; c->pattern; c++) {
		const char *remedy;

		if (!str_same(c->code, code->code))
			continue;
		show_wrapped("  log says  ", message(run, c->pattern));
		remedy = explain_filled(run, &(struct hit){ .cause = c }, c->remedy, NULL, NULL);
		if (*remedy)
			strings_add_once(&run->arena, &remedies, remedy);
		said = true;
	}
	if (!said)
		show_wrapped("  ", "No log says this; cuenv doctor and cuenv verify see it on the machine, and name what to type.");
	for (size_t i = 0; i < remedies.n; i++)
		out("  → %s\n", remedies.item[i]);
	return 0;
}
