#include "cli/pin.h"

#include <string.h>

#include "base/str.h"
#include "base/trust.h"
#include "base/update.h"
#include "cli/print.h"
#include "cli/show.h"
#include "select/choice.h"

const struct choice pin_choices[] = {
	{ "unset", NULL, "remove the file" },
	{ 0 },
};

bool
pin_choose(struct run *run, const struct request *request, struct chosen *chosen)
{
	(void)run, (void)request, (void)chosen;
	return true;
}

static const char *
just_spec(struct run *run, const struct blob *old, void *context)
{
	const char *text = str_format(&run->arena, "%s\n", (const char *)context);

	return str_same(old->data, text) ? NULL : text;
}

/* A version that is not here would only fail later; torch and system are asked anew each time. */
static bool
is_here(struct run *run, const struct machine *machine, const struct request *request)
{
	struct selection selection;

	if (request->parsed->kind == SPEC_PATH)
		return run_fail(run, "%s: a version file holds a version and no path; to make that toolkit known: cuenv add %s",
				request->command->name, str_quote(&run->arena, request->spec));
	if (request->parsed->kind != SPEC_VERSION)
		return true;
	selection = request_select(run, machine, request);
	return selection.toolkit || run_fail(run, "%s", selection.why);
}

/* What the file says now, and what is chosen here all the same, which is null where that cannot be told. */
static int
print_json(struct run *run, const char *file, const char *spec)
{
	struct cJSON *document = show_document(run, 0), *chosen;
	struct chosen here;

	if (!document)
		return 2;
	json_put_text(run, document, "file", file);
	json_put_text(run, document, "spec", spec);
	if (choice_make(run, &here)) {
		chosen = json_put_object(document, "chosen");
		json_put_text(run, chosen, "spec", here.spec);
		json_put_text(run, chosen, "origin", here.origin);
	} else {
		json_put_text(run, document, "chosen", NULL);
		run->error = NULL;
	}
	out_json(json_print(document));
	return 0;
}

static int
print_pin(struct run *run, const struct request *request, const char *file)
{
	struct chosen chosen;

	if (!choice_read(run, file, &chosen))
		return 2;
	if (!chosen.spec) {
		run_fail(run, "%s is not there; to choose: cuenv %s SPEC", file, request->command->name);
		return 1;
	}
	if (request->json)
		return print_json(run, file, chosen.spec);
	show_line(run, chosen.spec);
	return 0;
}

static int
unset(struct run *run, const struct request *request, const char *file)
{
	bool removed;

	if (request->spec) {
		run_fail(run, "%s: --unset takes no SPEC", request->command->name);
		return 2;
	}
	if (!update_remove(run, file, &removed))
		return 2;
	if (!removed) {
		run_fail(run, "%s is not there", file);
		return 1;
	}
	return request->json ? print_json(run, file, NULL) : 0;
}

/* What the file does not do by itself: another choice goes first, or this shell has no hook that follows it. */
static void
say_effect(struct run *run, const char *file, const char *spec)
{
	const char *quoted = strpbrk(spec, "<>,") ? str_format(&run->arena, "'%s'", spec) : spec;
	struct chosen chosen;

	if (!choice_make(run, &chosen)) {
		run->error = NULL;
		return;
	}
	if (str_same(chosen.origin, file))
		err("cuenv: %s says %s; a shell without cuenv's hook follows by: cuenv shell %s\n",
			file, spec, quoted);
	else
		err("cuenv: %s says %s, but here %s says %s and goes first%s\n", file, spec,
			chosen.origin, chosen.spec,
			str_same(chosen.origin, "CUENV_VERSION") ? "; to follow the file: cuenv shell --unset" : "");
}

static bool
may_write(struct run *run, const char *file)
{
	const char *why;

	return trust_path(run, file, &why) || run_fail(run, "%s would not be heeded: %s", file, why);
}

int
pin(struct run *run, const struct machine *machine, const struct request *request, const char *file)
{
	if (request_has(request, "unset"))
		return unset(run, request, file);
	if (!request->spec)
		return print_pin(run, request, file);
	if (!is_here(run, machine, request))
		return 1;
	if (!may_write(run, file))
		return 2;
	if (update_text(run, file, just_spec, (void *)(size_t)request->spec)) {
		say_effect(run, file, request->spec);
		return request->json ? print_json(run, file, request->spec) : 0;
	}
	if (!run->root[0])
		run->error = str_format(&run->arena, "%s; without a file, for this shell: export CUENV_VERSION='%s'", run->error,
					request->spec);
	return 2;
}
