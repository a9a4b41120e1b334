#include "cli/gen_write.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/update.h"
#include "base/world.h"
#include "cli/print.h"
#include "cli/show.h"

#define LARGEST ((size_t)1 << 20)

/* A file that is there must be one of ours. */
static bool
is_free(struct run *run, const char *path, const struct blob *old)
{
	return !old->size || generator_made(old) ||
	       run_fail(run, "%s is yours (no line at its top says \"" GENERATOR_MARK "\"), and nothing was written over it; move it "
			"away, or give another -o", path);
}

/* Looks at all files before the first is written. */
static bool
all_free(struct run *run, const struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->n; i++)
		for (size_t k = 0; k < jobs->item[i].sheets.n; k++) {
			const struct sheet *sheet = &jobs->item[i].sheets.item[k];
			const char *path = path_join(&run->arena, jobs->item[i].from.folder, sheet->name);
			struct blob old = { "", 0 };

			if (sheet->text && !world_read(run, path, LARGEST, &old) && errno != ENOENT)
				return run_fail(run, "cannot write %s: %s", path, strerror(errno));
			if (sheet->text && !is_free(run, path, &old))
				return false;
		}
	return true;
}

struct target { const char *path, *text; };

static const char *
replace(struct run *run, const struct blob *old, void *context)
{
	const struct target *target = context;

	return is_free(run, target->path, old) ? target->text : NULL;
}

/* A file of ours that should not be there is removed; one of the user's is not ours to judge. */
static bool
clear(struct run *run, const char *path)
{
	struct blob old;
	bool removed;

	if (!world_read(run, path, LARGEST, &old) || !generator_made(&old))
		return true;
	if (!update_remove(run, path, &removed))
		return false;
	err("cuenv: removed %s, which an earlier gen had made and this one does not\n", path);
	return true;
}

static bool
write_files(struct run *run, const struct job *job, struct strings *written)
{
	for (size_t i = 0; i < job->sheets.n; i++) {
		const struct sheet *sheet = &job->sheets.item[i];
		struct target target = { path_join(&run->arena, job->from.folder, sheet->name), sheet->text };

		if (!sheet->text ? !clear(run, target.path) : !update_text(run, target.path, replace, &target))
			return false;
		if (sheet->text)
			strings_add(&run->arena, written, target.path);
	}
	return true;
}

/* The command that uses what was made. */
static const char *
use(struct run *run, const struct job *job)
{
	const char *text = "", *template = job->generator->use, *at;

	while ((at = strchr(template, '@'))) {
		text = str_format(&run->arena, "%s%.*s%s", text, (int)(at - template), template,
				  at[1] == 'D' ? str_quote(&run->arena, job->from.folder) :
				  at[1] == 'R' ? str_quote(&run->arena, job->from.toolkit->root) :
				  version_text(&run->arena, &job->from.toolkit->version, 2));
		template = at + 2;
	}
	return str_format(&run->arena, "%s%s", text, template);
}

/* Tries the files that can be tried. False with run->error when one cannot be. */
static bool
check(struct run *run, struct job *job)
{
	if (!job->generator->check) {
		err("cuenv: %s: nothing here reads these files without changing a shell; not tried\n",
			job->generator->name);
		return true;
	}
	if (!job->generator->check(run, &job->from, &job->problems))
		return false;
	job->tried = true;
	for (size_t i = 0; i < job->problems.n; i++)
		err("cuenv: %s: %s\n", job->generator->name, job->problems.item[i]);
	if (!job->problems.n)
		err("cuenv: %s: tried, and it leads to %s\n", job->generator->name,
			job->from.toolkit->root);
	return true;
}

static void
show_text(struct run *run, const struct jobs *jobs, const struct strings *written)
{
	for (size_t i = 0; i < written->n; i++)
		show_line(run, written->item[i]);
	for (size_t i = 0; i < jobs->n; i++)
		err("cuenv: to use %s, type: %s\n", jobs->n > 1 ? jobs->item[i].generator->name : "it",
			use(run, &jobs->item[i]));
}

static bool
show_json(struct run *run, const struct jobs *jobs, const struct strings *written, const char *text, int code)
{
	struct cJSON *document = show_document(run, code), *uses, *kinds, *kind;

	if (!document)
		return false;
	show_toolkit(run, document, "toolkit", jobs->item[0].from.toolkit, jobs->item[0].from.machine->torch);
	json_put_strings(run, document, "written", written);
	json_put_text(run, document, "text", text);
	uses = json_put_array(document, "use");
	for (size_t i = 0; !text && i < jobs->n; i++)
		json_put_text(run, uses, NULL, use(run, &jobs->item[i]));
	kinds = json_put_array(document, "kinds");
	for (size_t i = 0; i < jobs->n; i++) {
		kind = json_put_object(kinds, NULL);
		json_put_text(run, kind, "name", jobs->item[i].generator->name);
		json_put_bool(kind, "tried", jobs->item[i].tried);
		json_put_strings(run, kind, "problems", &jobs->item[i].problems);
	}
	out_json(json_print(document));
	return true;
}

int
gen_print(struct run *run, const struct request *request, const struct jobs *jobs)
{
	const char *text = jobs->item[0].sheets.item[0].text;

	if (request->json)
		return show_json(run, jobs, &(struct strings){ 0 }, text, 0) ? 0 : 2;
	out_exact(text);
	return 0;
}

int
gen_write(struct run *run, const struct request *request, struct jobs *jobs)
{
	struct strings written = { 0 };
	size_t problems = 0;

	if (!all_free(run, jobs))
		return 2;
	for (size_t i = 0; i < jobs->n; i++)
		if (!write_files(run, &jobs->item[i], &written))
			return 2;
	if (!request->json)
		show_text(run, jobs, &written);
	for (size_t i = 0; request_has(request, "check") && i < jobs->n; i++) {
		if (!check(run, &jobs->item[i]))
			return 2;
		problems += jobs->item[i].problems.n;
	}
	if (request->json && !show_json(run, jobs, &written, NULL, problems ? 1 : 0))
		return 2;
	return problems ? 1 : 0;
}
