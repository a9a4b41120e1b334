/* cuenv scan: which sources of an extension will not compile, read before any is compiled. */
#define _GNU_SOURCE
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/finding.h"
#include "base/str.h"
#include "check/build.h"
#include "check/say.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/scan.h"
#include "cli/show.h"
#include "emit/build_plan.h"
#include "scan/confirm.h"
#include "select/select.h"

void
scan_progress(struct run *run, size_t done, size_t all)
{
	(void)run;
	if (done < all)
		err_progress("%zu of %zu files read…", done, all);
	else
		err_progress("%s", "");
}

/* A count that an option gives; false with run->error. */
static bool
read_count(struct run *run, const struct request *request, const char *name, int max, int *out)
{
	const char *text = request_value(request, name);
	char *end;
	long n;

	if (!text)
		return true;
	n = strtol(text, &end, 10);
	if (!*text || *end || n < 1 || n > max)
		return run_fail(run, "scan: --%s %s: write a number from 1 to %d", name, clipped(&run->arena, text), max);
	*out = (int)n;
	return true;
}

static bool
choose_toolkit(struct run *run, const struct request *request, struct machine *machine)
{
	const char *spec = request_value(request, "toolkit");

	machine->toolkit = spec ? request_toolkit_of(run, machine, spec) : fit_toolkit(machine, NULL);
	return machine->toolkit || !spec;
}

static const char *
name_torch(struct run *run, const struct machine *machine)
{
	const char *version = machine->torch ? machine->torch->version : NULL;

	return version ? str_copy(&run->arena, version, strcspn(version, "+")) : "?";
}

static const char *
with(struct run *run, const struct machine *machine)
{
	const char *cuda = machine->toolkit ? version_text(&run->arena, &machine->toolkit->version, 2) : NULL;

	return str_format(&run->arena, "%s%s%s%s", machine->torch ? "torch " : "", machine->torch ? name_torch(run, machine) : "",
			  machine->torch && cuda ? " + " : "", cuda ? str_format(&run->arena, "CUDA %s", cuda) : "");
}

static void
judge(struct run *run, struct scan_said *said)
{
	const struct scan_report *report = &said->report;
	const char *what = said->plan.name ? said->plan.name : "";
	const char *sep = *what ? ": " : "", *tools = with(run, said->plan.machine);

	scan_report(run, &said->plan, &said->results, &said->report);
	scan_findings(run, report, &said->findings);
	scan_bounds(run, report, &said->bounds);
	said->taken_by = scan_bounds_text(run, &said->bounds);
	if (report->fail)
		said->headline = str_format(&run->arena, "%s%s%zu of %zu file%s will not compile with %s", what, sep, report->fail,
					    report->all, report->all == 1 ? "" : "s", tools);
	else if (report->doubt)
		said->headline = str_format(&run->arena, "%s%snothing is found that would not compile with %s, but of %zu of %zu "
					    "files only a compiler can tell", what, sep, tools, report->doubt, report->all);
	else
		said->headline = str_format(&run->arena, "%s%snothing is found in %s%zu file%s that would not compile with %s",
					    what, sep, report->text == report->all ? "the text of " : "", report->all,
					    report->all == 1 ? "" : "s", tools);
}

/* Each doubtful file by nvcc or g++, the one that a build here would take. */
static bool
confirm_doubts(struct run *run, const struct scan_wish *wish, struct scan_said *said)
{
	const struct machine *m = said->plan.machine;
	struct build_plan build = { 0 };

	if (!m->toolkit || !m->toolkit->nvcc)
		return run_fail(run, "--confirm: no toolkit with an nvcc is here to compile with");
	return build_plan(run, m, m->toolkit, NULL, &build) &&
	       scan_confirm(run, &said->plan, wish, build.compiler.host, &said->results);
}

static int
code(const struct scan_report *report)
{
	return report->fail ? 1 : report->doubt == report->all ? 2 : 0;
}

bool
scan_look(struct run *run, const struct machine *machine, const struct scan_wish *wish, bool confirm, struct scan_said *out)
{
	if (!scan_plan(run, machine, wish, &out->plan) || !scan_units(run, &out->plan, wish, &out->results, &out->clang) ||
	    (confirm && !confirm_doubts(run, wish, out)))
		return false;
	judge(run, out);
	return true;
}

static int
run_scan(struct run *run, const struct machine *machine, const struct request *request)
{
	struct scan_wish wish = {
		.paths = request->arguments, .compile_commands = request_value(request, "compile-commands"),
		.profile = request_value(request, "profile"), .text_only = request_has(request, "text"),
		.progress = scan_progress,
	};
	struct machine copy = *machine;
	struct scan_said said = { 0 };

	if (!read_count(run, request, "jobs", 256, &wish.jobs) || !read_count(run, request, "seconds", 3600, &wish.seconds) ||
	    !choose_toolkit(run, request, &copy))
		return 2;
	if (request_has(request, "repair"))
		wish.std = build_demand(&copy);
	if (request_has(request, "needs"))
		return scan_print_needs(run, &copy, &wish, request->json);
	if (!scan_look(run, &copy, &wish, request_has(request, "confirm"), &said))
		return 2;
	said.command = scan_next(run, request, &said);
	if (!request->json)
		scan_print(run, &said);
	else if (!scan_print_json(run, &said, code(&said.report)))
		return 2;
	return code(&said.report);
}

static const struct choice choices[] = {
	{ "toolkit", "SPEC", "the toolkit to build with; else the one here that suits torch best" },
	{ "torch", "PYTHON", "the Python, or its environment, whose torch is meant" },
	{ "python", "PATH", "the same" },
	{ "compile-commands", "FILE", "the compile_commands.json of a build, for what is compiled, and how" },
	{ "profile", "NAME", "the package that these sources are: mmcv, mmcv-full==1.7.2, …" },
	{ "repair", NULL, "with a -std that is too low raised, as exec --build --repair does" },
	{ "jobs", "N", "files that are read at once; else one for each processor" },
	{ "seconds", "N", "time for one file; else 60" },
	{ "text", NULL, "as text only, without libclang" },
	{ "confirm", NULL, "compile the files that only a compiler can judge, with g++ or nvcc" },
	{ "needs", NULL, "what the sources use of CUDA and torch, and which releases have all of it" },
	{ "libclang", "FILE", "the libclang to read with; else the newest in the system's folders" },
	{ 0 },
};

const struct command command_scan = {
	.name = "scan",
	.arguments = "[DIR | FILE…]",
	.summary = "which sources of an extension will not compile, before any is compiled",
	.details = "Finds the sources that a package's build would compile, with its include directories, macros and -std,\n"
		   "and has libclang read them with the headers of this torch and toolkit. Nothing of the package is run.\n"
		   "Only what nvcc or the C++ compiler would refuse too is called a failure; where only they can tell, that is\n"
		   "said. Without libclang the sources are read as text: includes, #error lines, names that are gone.\n"
		   "No libclang of a Python or conda environment is loaded, unless --libclang or CUENV_LIBCLANG names it.\n\n"
		   "Exit code 0: nothing was found; 1: a file will not compile; 2: nothing could be told.",
	.needs = NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS,
	.max_arguments = 10000,
	.choices = choices,
	.json = true,
	.run = run_scan,
};
