/* cuenv verify: one verdict on toolkit, compiler and torch, with what it rests on. */
#define _GNU_SOURCE
#include "verify/verify.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "select/choice.h"
#include "select/rank.h"

static void
progress(const char *doing)
{
	err_progress("%s%s", doing, doing[0] ? "…" : "");
}

static void
print_text(struct run *run, const struct machine *machine, const struct verdict *v)
{
	const char *differs = choice_here(run, machine).differs;

	show_wrapped("", v->headline);
	if (differs)
		show_wrapped("  choice    ", differs);
	for (size_t i = 0; i < v->steps.n; i++)
		show_wrapped(str_format(&run->arena, "  %-9s ", v->steps.item[i].name), v->steps.item[i].said);
	for (size_t i = 0; i < v->facts.n; i++)
		show_wrapped(str_format(&run->arena, "  %-9s ", v->facts.item[i].name), v->facts.item[i].value);
	for (size_t i = 0; i < v->findings.n; i++)
		show_finding(run, &v->findings.item[i]);
	if (v->remembered)
		show_wrapped("", "remembered: nothing that this rests on has changed; cuenv verify --force tries anew");
}

static int
print_json(struct run *run, const struct wish *wish, const struct machine *machine, const struct verdict *v)
{
	struct cJSON *document = show_document(run, (int)v->answer), *list, *row;

	if (!document)
		return 2;
	json_put_text(run, document, "headline", v->headline);
	json_put_bool(document, "remembered", v->remembered);
	show_choice(run, document, machine);
	show_toolkit(run, document, "toolkit", wish->toolkit, machine->torch);
	show_python(run, document, machine->python);
	show_torch(run, document, machine->torch);
	list = json_put_array(document, "steps");
	for (size_t i = 0; i < v->steps.n; i++) {
		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", v->steps.item[i].name);
		json_put_text(run, row, "said", v->steps.item[i].said);
		json_put_number(row, "seconds", v->steps.item[i].seconds);
	}
	show_facts(run, document, &v->facts);
	show_findings(run, document, &v->findings);
	out_json(json_print(document));
	return (int)v->answer;
}

/* A build takes CUDA_HOME at its word; where that is no toolkit, verifying another one would answer another question. */
static bool
named_home_is_toolkit(struct run *run)
{
	const char *name = run_env(run, "CUDA_HOME") ? "CUDA_HOME" : "CUDA_PATH", *home = run_env(run, name);

	return !home || run_fail(run, "%s=%s is no toolkit with an nvcc; see: cuenv versions --why; or: unset %s", name,
				 home, name);
}

/* The toolkit that a build here would take and stumble over: half deleted, or its nvcc torn. */
static const struct toolkit *
active_but_broken(const struct machine *machine)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].active && machine->toolkits.item[i].state == STATE_BROKEN)
			return &machine->toolkits.item[i];
	return NULL;
}

/* --toolkit, else what a build here and now would take, else what fits torch best. */
static const struct toolkit *
choose(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *spec = request_value(request, "toolkit");
	const struct toolkit *toolkit;
	struct selection system;

	if (spec)
		return request_toolkit_of(run, machine, spec);
	system = select_toolkit(&run->arena, machine, "system", false);
	toolkit = system.toolkit ? system.toolkit : active_but_broken(machine);
	if (toolkit)
		return toolkit;
	if (!named_home_is_toolkit(run))
		return NULL;
	toolkit = rank_for_torch(machine);
	if (!toolkit)
		toolkit = select_toolkit(&run->arena, machine, "latest", false).toolkit;
	if (!toolkit)
		run_fail(run, "%s", system.why);
	return toolkit;
}

static bool
read_wish(struct run *run, const struct machine *machine, const struct request *request, struct wish *out)
{
	struct wish wish = {
		.cxx = request_value(request, "cxx"),
		.archs = request_value(request, "arch"),
		.probe = request_has(request, "full") ? PROBE_FULL : request_has(request, "quick") ? PROBE_QUICK : PROBE_USUAL,
		.no_load = request_has(request, "no-load"),
		.force = request_has(request, "force"),
		.keep = request_value(request, "keep"),
		.progress = progress,
	};

	if (request_has(request, "full") && request_has(request, "quick"))
		return run_fail(run, "--quick and --full are two different probes; give one");
	if (request_has(request, "load") && wish.no_load)
		return run_fail(run, "--load and --no-load contradict each other; give one");
	if ((wish.cxx && !*wish.cxx) || (wish.keep && !*wish.keep))
		return run_fail(run, "--%s is empty; name a %s", wish.cxx && !*wish.cxx ? "cxx" : "keep",
				wish.cxx && !*wish.cxx ? "compiler" : "folder");
	if (!machine->python)
		return run_fail(run, "no Python at hand; name one with --torch PYTHON");
	if (!machine->torch)
		return run_fail(run, "%s has no torch; name another with --torch PYTHON", machine->python->executable);
	if (!machine->torch->version)
		return run_fail(run, "%s/version.py does not tell torch's version; install torch anew",
				machine->torch->dir);
	wish.toolkit = choose(run, machine, request);
	if (!wish.toolkit)
		return false;
	*out = wish;
	return true;
}

static int
run_verify(struct run *run, const struct machine *machine, const struct request *request)
{
	struct verdict verdict = { 0 };
	struct wish wish;
	bool ok;

	if (request_has(request, "codes"))
		return show_codes(run, request->json);
	if (!read_wish(run, machine, request, &wish))
		return 2;
	ok = verify_toolkit(run, machine, &wish, &verdict);
	progress("");
	if (!ok)
		return 2;
	if (request->json)
		return print_json(run, &wish, machine, &verdict);
	print_text(run, machine, &verdict);
	return (int)verdict.answer;
}

static const struct choice choices[] = {
	{ "toolkit", "SPEC", "the toolkit to build with (default: what a build here would take)" },
	{ "torch", "PYTHON", "the Python whose torch is meant (default: the one at hand)" },
	{ "cxx", "PATH", "the host compiler, as CXX and CC together" },
	{ "arch", "LIST", "architectures: 8.6, sm_86, '8.0;9.0+PTX' (default: one that both know)" },
	{ "quick", NULL, "small headers; a no that is certain beforehand ends it at once" },
	{ "full", NULL, "torch/extension.h and pybind11, as most extensions have them" },
	{ "load", NULL, "import the result in that Python (the default)" },
	{ "no-load", NULL, "judge the file and do not import it" },
	{ "keep", "DIR", "leave the build and its logs in DIR" },
	{ "codes", NULL, "list the codes of findings and what they mean" },
	{ "force", NULL, "try it even if a remembered verdict still holds" },
	{ NULL, NULL, NULL },
};

const struct command command_verify = {
	.name = "verify",
	.arguments = "",
	.summary = "prove that toolkit, host compiler and torch belong together",
	.details = "Builds a small extension as torch would, judges it, imports it, and says agree or no with the\n"
		   "cause. Exit code: 0 agree, 1 no, 2 could not tell. A verdict is remembered until something\n"
		   "that it rests on changes.",
	.needs = NEED_TOOLKITS | NEED_TORCH | NEED_COMPILERS | NEED_DETAILS,
	.choices = choices,
	.json = true,
	.run = run_verify,
};
