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

/* Tries the files that can be tried; how many problems there are. False with run->error when one cannot be. */
static bool
check(struct run *run, const struct job *job, size_t *found)
{
	struct strings problems = { 0 };

	if (!job->generator->check) {
		err("cuenv: %s: nothing here reads these files without changing a shell; not tried\n",
			job->generator->name);
		return true;
	}
	if (!job->generator->check(run, &job->from, &problems))
		return false;
	for (size_t i = 0; i < problems.n; i++)
		err("cuenv: %s: %s\n", job->generator->name, problems.item[i]);
	if (!problems.n)
		err("cuenv: %s: tried, and it leads to %s\n", job->generator->name,
			job->from.toolkit->root);
	*found += problems.n;
	return true;
}

static bool
show(struct run *run, const struct request *request, const struct jobs *jobs, const struct strings *written)
{
	struct cJSON *document = request->json ? show_document(run) : NULL, *uses = NULL;

	for (size_t i = 0; !request->json && i < written->n; i++)
		show_line(run, written->item[i]);
	if (request->json && !document)
		return false;
	if (document) {
		json_put_text(run, document, "root", jobs->item[0].from.toolkit->root);
		json_put_strings(run, document, "files", written);
		uses = json_put_array(document, "use");
	}
	for (size_t i = 0; i < jobs->n; i++) {
		if (document)
			json_put_text(run, uses, NULL, use(run, &jobs->item[i]));
		else
			err("cuenv: to use %s, type: %s\n", jobs->n > 1 ? jobs->item[i].generator->name : "it",
				use(run, &jobs->item[i]));
	}
	if (document)
		out_json(json_print(document));
	return true;
}

int
gen_write(struct run *run, const struct request *request, const struct jobs *jobs)
{
	struct strings written = { 0 };
	size_t problems = 0;

	if (!all_free(run, jobs))
		return 2;
	for (size_t i = 0; i < jobs->n; i++)
		if (!write_files(run, &jobs->item[i], &written))
			return 2;
	if (!show(run, request, jobs, &written))
		return 2;
	for (size_t i = 0; request_has(request, "check") && i < jobs->n; i++)
		if (!check(run, &jobs->item[i], &problems))
			return 2;
	return problems ? 1 : 0;
}
