/* cuenv gen KIND [SPEC]: files that lead CMake, pkg-config, modules, conda or direnv to one toolkit. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/update.h"
#include "base/world.h"
#include "cli/command.h"
#include "cli/show.h"
#include "cli/table.h"
#include "emit/build_plan.h"
#include "emit/generator.h"
#include "select/select.h"

#define LARGEST ((size_t)1 << 20)

/* What one kind makes, and where. */
struct job {
	const struct generator *generator;
	struct blueprint from;
	struct sheets sheets;
};
struct jobs { struct job *item; size_t n; };

/* The rows that are meant: one, or all, each with a folder of its own. */
static bool
find_jobs(struct run *run, const char *name, const char *folder, struct jobs *out)
{
	bool all = strcmp(name, "all") == 0;
	struct strings names = { 0 };

	for (int i = 0; i < generator_count; i++) {
		const struct generator *generator = generators[i];

		strings_add(&run->arena, &names, generator->name);
		if (all || str_same(generator->name, name))
			*list_add(&run->arena, out) = (struct job){ .generator = generator, .from.folder =
				all && folder ? path_join(&run->arena, folder, generator->name) : folder };
	}
	return out->n || run_fail(run, "gen: no kind '%s'; there are: %s, all", clipped(&run->arena, name),
				  strings_join(&run->arena, &names, ", "));
}

/* Where to write, absolute; NULL: to standard output, which holds one file. */
static bool
find_folder(struct run *run, const struct request *request, const char **out)
{
	const char *kind = request_argument(request, 0), *folder = request_value(request, "output");
	const struct generator *generator = generator_find(kind);

	*out = NULL;
	if (folder && strcmp(folder, "-") != 0) {
		if (!*folder)
			return run_fail(run, "gen: -o needs a folder");
		*out = path_clean(&run->arena, run->cwd, folder);
		return true;
	}
	if (generator ? !generator->single : strcmp(kind, "all") == 0)
		return run_fail(run, "gen %s makes more than one file; say where: cuenv gen %s%s%s -o DIR", kind, kind,
				request_argument(request, 1) ? " " : "",
				request_argument(request, 1) ? clipped(&run->arena, request_argument(request, 1)) : "");
	return !request_has(request, "check") || run_fail(run, "gen: --check tries files; say where to write them: -o DIR");
}

/* The build plan for generators that build, and what was asked for by name for the others. */
static bool
plan(struct run *run, const struct machine *machine, const struct toolkit *toolkit, const struct request *request,
     struct jobs *jobs)
{
	const char *archs = request_value(request, "arch");
	struct build_plan plan = { 0 };
	struct extras asked = { 0 };
	bool builds = false;

	for (size_t i = 0; i < jobs->n; i++)
		builds = builds || (jobs->item[i].generator->builds && toolkit->nvcc);
	if (archs && !build_archs_read(run, archs, "--arch", &archs))
		return false;
	if ((builds || request_has(request, "compiler")) && !build_compiler(run, machine, toolkit, &plan))
		return false;
	if (builds)
		build_archs(run, machine, toolkit, archs, &plan);
	if (request_has(request, "compiler"))
		asked = (struct extras){ .cxx = plan.cxx, .cc = plan.cc };
	asked.archs = archs;
	asked.runtime = request_has(request, "runtime");
	for (size_t i = 0; i < plan.said.n; i++)
		fprintf(stderr, "cuenv: %s\n", visible(&run->arena, plan.said.item[i]));
	for (size_t i = 0; i < jobs->n; i++) {
		struct blueprint *from = &jobs->item[i].from;

		from->machine = machine;
		from->toolkit = toolkit;
		from->asked = asked;
		from->plan = (struct extras){ .cxx = plan.cxx, .cc = plan.cc, .archs = plan.archs };
	}
	return true;
}

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
	fprintf(stderr, "cuenv: removed %s, which this toolkit does not have\n", visible(&run->arena, path));
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
	const char *folder = str_quote(&run->arena, job->from.folder), *text = "", *template = job->generator->use, *at;

	while ((at = strchr(template, '@'))) {
		text = str_format(&run->arena, "%s%.*s%s", text, (int)(at - template), template, at[1] == 'D' ? folder :
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
		fprintf(stderr, "cuenv: %s: nothing here reads these files without changing a shell; not tried\n",
			job->generator->name);
		return true;
	}
	if (!job->generator->check(run, &job->from, &problems))
		return false;
	for (size_t i = 0; i < problems.n; i++)
		fprintf(stderr, "cuenv: %s: %s\n", job->generator->name, visible(&run->arena, problems.item[i]));
	if (!problems.n)
		fprintf(stderr, "cuenv: %s: tried, and it leads to %s\n", job->generator->name,
			visible(&run->arena, job->from.toolkit->root));
	*found += problems.n;
	return true;
}

static bool
show(struct run *run, const struct request *request, const struct jobs *jobs, const struct strings *written)
{
	struct cJSON *document = request->json ? show_document(run) : NULL, *uses;

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
			fprintf(stderr, "cuenv: to use %s, type: %s\n", jobs->n > 1 ? jobs->item[i].generator->name : "it",
				visible(&run->arena, use(run, &jobs->item[i])));
	}
	if (document)
		fputs(json_print(document), stdout);
	return true;
}

static int
write_jobs(struct run *run, const struct request *request, struct jobs *jobs)
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

static int
run_gen(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct toolkit *toolkit;
	const char *why, *folder;
	struct jobs jobs = { 0 };

	if (!find_folder(run, request, &folder) || !find_jobs(run, request_argument(request, 0), folder, &jobs))
		return 2;
	toolkit = select_toolkit(&run->arena, machine, request->spec, &why);
	if (!toolkit) {
		run_fail(run, "%s", why);
		return 1;
	}
	if (!plan(run, machine, toolkit, request, &jobs))
		return 2;
	for (size_t i = 0; i < jobs.n; i++)
		if (!jobs.item[i].generator->generate(run, &jobs.item[i].from, &jobs.item[i].sheets))
			return 2;
	if (folder)
		return write_jobs(run, request, &jobs);
	fputs(jobs.item[0].sheets.item[0].text, stdout);
	return 0;
}

static const struct choice choices[] = {
	{ "output", "DIR", "(-o) the folder to write into; a kind that is one file goes to standard output without it" },
	{ "check", NULL, "try the files: libpkgconf solves the .pc files, cmake configures a small project" },
	{ "compiler", NULL, "in module, conda and direnv also CC, CXX, CUDAHOSTCXX and NVCC_CCBIN" },
	{ "arch", "LIST", "architectures to build for: 8.6,9.0+PTX" },
	{ "runtime", NULL, "in module, conda and direnv also LD_LIBRARY_PATH" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_gen = {
	.name = "gen",
	.arguments = "KIND [SPEC]",
	.summary = "write files that lead CMake and others to a toolkit",
	.details = "KIND is toolchain (a CMake toolchain file), preset (CMakeUserPresets.json), cmake (a package for\n"
		   "find_package(CudaEnv)), pkgconfig (.pc files under NVIDIA's names), module (Tcl and Lua), conda\n"
		   "(activate.d, deactivate.d, env_vars.d), direnv (.envrc), or all, each in a folder of its own. SPEC as for\n"
		   "cuenv prefix.\n\n"
		   "A file that is there is overwritten only when its top says that cuenv gen made it. Prints the files\n"
		   "written and, on standard error, the command that uses them. toolchain and preset also hold what cuenv\n"
		   "exec --build would choose: a host compiler that the toolkit accepts, and architectures.",
	.needs = NEED_TOOLKITS | NEED_TORCH | NEED_COMPILERS | NEED_DETAILS,
	.min_arguments = 1,
	.max_arguments = 2,
	.spec = 2,
	.choices = choices,
	.run = run_gen,
};
