/* cuenv gen KIND [SPEC]: files that lead CMake, pkg-config, modules, conda or direnv to one toolkit. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/update.h"
#include "base/world.h"
#include "cli/command.h"
#include "cli/table.h"
#include "emit/build_plan.h"
#include "emit/generator.h"
#include "select/select.h"

/* "all" is every row. NULL with run->error. */
static const struct generator *
find_kind(struct run *run, const char *name)
{
	const struct generator *generator = generator_find(name);
	struct strings names = { 0 };

	if (generator)
		return generator;
	for (int i = 0; i < generator_count; i++)
		strings_add(&run->arena, &names, generators[i]->name);
	run_fail(run, "gen: no kind '%s'; there are: %s, all", clipped(&run->arena, name),
		 strings_join(&run->arena, &names, ", "));
	return NULL;
}

/* What the build plan decides, and says. */
static bool
plan(struct run *run, const struct machine *machine, const struct request *request, struct blueprint *out)
{
	const char *archs = request_value(request, "arch");
	struct build_plan plan = { 0 };

	if (archs && !build_archs_read(run, archs, "--arch", &archs))
		return false;
	if (request_has(request, "compiler") && !build_compiler(run, machine, out->toolkit, &plan))
		return false;
	if (archs || request_has(request, "compiler"))
		build_archs(run, machine, out->toolkit, archs, &plan);
	out->extras.cxx = plan.cxx;
	out->extras.cc = plan.cc;
	out->extras.archs = plan.archs;
	for (size_t i = 0; i < plan.said.n; i++)
		fprintf(stderr, "cuenv: %s\n", visible(&run->arena, plan.said.item[i]));
	return true;
}

/* A file that is there must be one of ours. */
static const char *
replace(struct run *run, const struct blob *old, void *context)
{
	const struct sheet *sheet = context;

	if (old->size && !generator_made(old)) {
		run_fail(run, "%s is not one of mine (no line in it says " GENERATOR_MARK "); move it away, or choose another -o",
			 sheet->name);
		return NULL;
	}
	return sheet->text;
}

static bool
write_sheets(struct run *run, const char *folder, const struct sheets *sheets)
{
	for (size_t i = 0; i < sheets->n; i++) {
		const char *path = path_join(&run->arena, folder, sheets->item[i].name);
		struct sheet sheet = { path, sheets->item[i].text };

		if (!update_text(run, path, replace, &sheet))
			return false;
		printf("%s\n", visible(&run->arena, path));
	}
	return true;
}

static int
run_gen(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *why, *folder = request_value(request, "output");
	const struct generator *generator = find_kind(run, request_argument(request, 0));
	struct blueprint from = { .machine = machine };
	struct sheets sheets = { 0 };

	if (!generator)
		return 2;
	from.toolkit = select_toolkit(&run->arena, machine, request->spec, &why);
	if (!from.toolkit) {
		run_fail(run, "%s", why);
		return 1;
	}
	if (folder)
		from.folder = path_clean(&run->arena, run->cwd, folder);
	if (!plan(run, machine, request, &from) || !generator->generate(run, &from, &sheets))
		return 2;
	if (!from.folder) {
		fputs(sheets.item[0].text, stdout);
		return 0;
	}
	return write_sheets(run, from.folder, &sheets) ? 0 : 2;
}

static const struct choice choices[] = {
	{ "output", "DIR", "the folder to write into; without it, a single file goes to standard output" },
	{ "compiler", NULL, "also a host compiler that the toolkit accepts" },
	{ "arch", "LIST", "also architectures: 8.6,9.0+PTX" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_gen = {
	.name = "gen",
	.arguments = "KIND [SPEC]",
	.summary = "write files that lead CMake and other tools to a toolkit",
	.details = "KIND is a row of generators.def.",
	.needs = NEED_TOOLKITS | NEED_DETAILS,
	.min_arguments = 1,
	.max_arguments = 2,
	.spec = 2,
	.choices = choices,
	.run = run_gen,
};
