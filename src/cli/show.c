#include "cli/show.h"

#include <string.h>

#include "base/str.h"
#include "cli/print.h"
#include "select/choice.h"
#include "select/rank.h"

static const struct { enum ability ability; const char *name; } abilities[] = {
	{ CAN_COMPILE, "compile" }, { CAN_LINK, "link" }, { CAN_EXTEND, "extend" },
};

struct cJSON *
show_document(struct run *run)
{
	struct cJSON *document = json_object(run);

	if (document)
		json_put_number(document, "schema_version", 1);
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
show_refusal(struct run *run)
{
	struct cJSON *document = show_document(run), *error;
	const char *command, *what = split_error(run, run->error, &command);

	if (!document)
		return;
	error = json_put_object(document, "error");
	json_put_text(run, error, "what", what);
	json_put_text(run, error, "remedy", command);
	out_json(json_print(document));
}

const char *
show_state(const struct toolkit *toolkit)
{
	static const char *const names[] = {
		[STATE_BUILDS] = "builds", [STATE_RUNTIME_ONLY] = "runtime-only", [STATE_BROKEN] = "broken",
	};

	return names[toolkit->state];
}

const char *
show_match(const struct toolkit *toolkit, const struct torch *torch)
{
	if (!torch || torch->cuda.n < 2 || toolkit->version.n < 2)
		return NULL;
	switch (rank_suits(&toolkit->version, &torch->cuda)) {
	case SUITS_MINOR:
		return "same";
	case SUITS_MAJOR:
		return "minor";
	default:
		return "major";
	}
}

static void
show_claims(struct run *run, struct cJSON *in, const struct claims *claims)
{
	struct cJSON *array = json_put_array(in, "claims");

	for (size_t i = 0; i < claims->n; i++) {
		struct cJSON *claim = json_put_object(array, NULL);

		json_put_text(run, claim, "about", claims->item[i].about);
		json_put_text(run, claim, "version", version_text(&run->arena, &claims->item[i].version, 0));
		json_put_text(run, claim, "file", claims->item[i].file);
	}
}

static void
show_limit(struct run *run, struct cJSON *in, const char *key, int major)
{
	if (major)
		json_put_number(in, key, major);
	else
		json_put_text(run, in, key, NULL);
}

static void
show_abilities(struct run *run, struct cJSON *in, unsigned can)
{
	struct cJSON *array = json_put_array(in, "abilities");

	for (size_t i = 0; i < sizeof(abilities) / sizeof(abilities[0]); i++)
		if (can & abilities[i].ability)
			json_put_text(run, array, NULL, abilities[i].name);
}

void
show_toolkit(struct run *run, struct cJSON *in, const char *key, const struct toolkit *toolkit,
	     const struct torch *torch)
{
	struct cJSON *object;

	if (!toolkit) {
		json_put_text(run, in, key, NULL);
		return;
	}
	object = json_put_object(in, key);
	json_put_text(run, object, "root", toolkit->root);
	json_put_text(run, object, "version",
		      toolkit->version.n ? version_text(&run->arena, &toolkit->version, 0) : NULL);
	json_put_text(run, object, "state", show_state(toolkit));
	json_put_bool(object, "active", toolkit->active);
	json_put_text(run, object, "match", show_match(toolkit, torch));
	show_abilities(run, object, toolkit->abilities);
	json_put_strings(run, object, "missing", &toolkit->missing);
	json_put_text(run, object, "gap", toolkit->gap);
	json_put_text(run, object, "remedy", toolkit->remedy);
	json_put_text(run, object, "layout", toolkit->layout);
	json_put_text(run, object, "nvcc", toolkit->nvcc);
	json_put_strings(run, object, "include_dirs", &toolkit->include_dirs);
	json_put_strings(run, object, "lib_dirs", &toolkit->lib_dirs);
	show_limit(run, object, "gcc_max", toolkit->gcc_max);
	show_limit(run, object, "clang_max", toolkit->clang_max);
	show_claims(run, object, &toolkit->claims);
	json_put_text(run, object, "contradiction", toolkit->contradiction);
	json_put_strings(run, object, "found_by", &toolkit->found_by);
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
