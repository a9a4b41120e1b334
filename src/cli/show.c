#define _GNU_SOURCE
#include "cli/show.h"

#include <string.h>
#include <time.h>

#include "base/str.h"
#include "cli/print.h"
#include "know/system.h"
#include "select/choice.h"

/* Whose answer it is, and when it was given: documents of many machines lie in one folder. */
static void
put_who_and_when(struct run *run, struct cJSON *document)
{
	struct cJSON *row;
	struct identity identity;
	const char *shortage = run->shortage;
	time_t now = time(NULL);
	struct tm utc;
	char text[32] = "";

	json_put_text(run, document, "cuenv", CUENV_VERSION);
	system_identity(run, &identity);
	run->shortage = shortage;	/* the answer holds without its machine's name */
	row = json_put_object(document, "machine");
	json_put_text(run, row, "host", identity.host);
	json_put_text(run, row, "os", identity.os);
	json_put_text(run, row, "kernel", identity.kernel);
	json_put_bool(row, "container", identity.container);
	if (gmtime_r(&now, &utc))
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	json_put_text(run, document, "time", text);
}

struct cJSON *
show_document(struct run *run, int code)
{
	static const char *const answers[] = { "yes", "no", "unknown" };
	struct cJSON *document = json_object(run);

	if (!document)
		return NULL;
	json_put_number(document, "schema_version", 2);
	json_put_text(run, document, "answer", answers[code]);
	put_who_and_when(run, document);
	return document;
}

/* An error's line ends with the command that helps, where there is one, behind one of these words; the last of them counts. */
static const char *
split_error(struct run *run, const char *error, const char **command)
{
	static const char *const words[] = { "; see: ", "; type: ", "; to choose: ", "; to choose one: ", "; say where: " };
	const char *end = NULL;

	*command = NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (const char *at = error; (at = strstr(at, words[i])); at++)
			if (!end || at > end) {
				end = at;
				*command = at + strlen(words[i]);
			}
	return end ? str_copy(&run->arena, error, (size_t)(end - error)) : error;
}

void
show_refusal(struct run *run, int code)
{
	struct cJSON *document = show_document(run, code), *error;
	const char *command, *what = split_error(run, run->error, &command);

	if (!document)
		return;
	error = json_put_object(document, "error");
	json_put_text(run, error, "what", what);
	json_put_text(run, error, "remedy", command);
	out_json(json_print(document));
}

void
show_line(struct run *run, const char *text)
{
	if (out_is_terminal())
		out("%s\n", text);
	else
		out_exact(str_format(&run->arena, "%s\n", text));
}

void
show_left_out(struct run *run)
{
	for (size_t i = 0; i < run->left_out.n; i++)
		err("cuenv: %s\n", run->left_out.item[i]);
	if (run->left_out_more)
		err("cuenv: too large, left out: %zu more\n", run->left_out_more);
}

void
show_choice(struct run *run, struct cJSON *in, const struct machine *machine)
{
	struct choice_state choice = choice_here(run, machine);
	struct cJSON *row = json_put_object(in, "choice");

	json_put_text(run, row, "spec", choice.spec);
	json_put_text(run, row, "origin", choice.origin);
	json_put_text(run, row, "chosen", choice.chosen ? choice.chosen->root : NULL);
	json_put_text(run, row, "taken", choice.taken ? choice.taken->root : NULL);
	json_put_text(run, row, "taken_by", choice.taken ? machine->active_by : NULL);
	json_put_text(run, row, "differs", choice.differs);
}

const char *
show_other_device(const struct torch *torch)
{
	return torch->version && strstr(torch->version, "+xpu") ? "XPU" : "CPU only";
}
