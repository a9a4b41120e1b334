/*
 * cuenv check: what can be known before a package is built, or a module that somebody built is loaded. What its word is, is
 * told by what is there: a folder of sources, a wheel, a module, else the name of a package. Reads files; runs nothing.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "check/build.h"
#include "check/say.h"
#include "check/tree.h"
#include "cli/check_file.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/scan.h"
#include "cli/show.h"
#include "emit/build_plan.h"
#include "emit/emit.h"
#include "select/rank.h"

/* "mmcv", "mmcv==2.2.0": a name as PEP 508 has it, and perhaps one version. */
static bool
parse_name(struct run *run, const char *text, const char **name, const char **version)
{
	const char *at = text, *end;

	while (isalnum((unsigned char)*at) || (*at && strchr("-_.", *at)))
		at++;
	if (at == text || !isalnum((unsigned char)text[0]) || !isalnum((unsigned char)at[-1]))
		return false;
	*name = str_copy(&run->arena, text, (size_t)(at - text));
	*version = NULL;
	if (!*at)
		return true;
	if (strncmp(at, "==", 2) != 0)
		return false;
	at += 2;
	for (end = at; isalnum((unsigned char)*end) || (*end && strchr("._+!-", *end)); end++)
		;
	*version = str_copy(&run->arena, at, (size_t)(end - at));
	return end > at && !*end;
}

static bool
find_package(struct run *run, const char *word, struct profile *out)
{
	const char *name, *version;

	if (str_ends(word, ".whl") || str_ends(word, ".so"))
		return run_fail(run, "%s: no such file", clipped(&run->arena, word));
	if (!parse_name(run, word, &name, &version))
		return run_fail(run, "%s: no such file or folder, and no package as in mmcv or mmcv==2.2.0",
				clipped(&run->arena, word));
	if (profile_find(run, name, version, out))
		return true;
	return run->error ? false : run_fail(run, "nothing is known of %s; profiles are here of %s. Of another one unpack the "
					     "sources, and: cuenv check FOLDER", clipped(&run->arena, name), profile_names(run));
}

/* The sources' own words, and the table's for what they do not say or say under a condition. */
static bool
find_tree(struct run *run, const char *dir, bool scanned, struct profile *out)
{
	struct profile tree = { .target = dir, .dir = dir, .scanned = scanned }, known = { 0 };

	if (!tree_read(run, dir, &tree))
		return false;	/* with run->error where something is there that cannot be read */
	if (tree.name && profile_find(run, tree.name, tree.version, &known)) {
		tree.covers = tree.version && !known.assumed ? known.covers : NULL;
		tree.source = tree.covers ? known.source : NULL;
		tree.index = known.index;
		tree.memory = known.memory;
		tree.note = known.note;
		tree.plain = known.plain;
		tree.instead = known.instead;
		tree.cuda_min = known.cuda_min;
		tree.torch_min = known.torch_min;
		tree.headers = known.headers;
		tree.env = known.env;
		tree.env_no_gpu = known.env_no_gpu;
		tree.exact = tree.exact || known.exact;
		tree.exact_from = known.exact_from;
		if (known.pins.n > 1 && tree.version && !known.assumed)	/* one for each torch; the text says only the newest */
			tree.pins = known.pins;
		tree.torch_max = known.torch_max;
		tree.torch_max_why = known.torch_max_why;
	}
	if (!tree.covers)
		tree.covers = !tree.name      ? dir
			      : !tree.version ? tree.name
					      : str_format(&run->arena, "%s %s", tree.name, tree.version);
	*out = tree;
	return true;
}

/* Sources that name torch nowhere are built without it, by CMake or by setup.py. */
static bool
wants_torch(const struct profile *profile)
{
	return !profile->dir || profile->finds_torch || profile->source || strings_has(&profile->imports, "torch");
}

/* The machine with the toolkit that the build is to take; tf: for an op of that TensorFlow. */
static bool
choose_toolkit(struct run *run, const struct request *request, const struct framework *tf, struct machine *machine)
{
	const char *spec = request_value(request, "toolkit");
	struct version cuda;

	if (spec)
		machine->toolkit = request_toolkit_of(run, machine, spec);
	else if (!tf)
		machine->toolkit = machine->torch ? fit_toolkit(machine, NULL) : rank_for_torch(machine);
	else if (tf->cuda && version_parse(tf->cuda, &cuda, NULL))
		machine->toolkit = rank_best(&machine->toolkits, &cuda, NULL);
	else
		machine->toolkit = select_toolkit(&run->arena, machine, "system", false).toolkit;
	return machine->toolkit || !spec;
}

/* The environment of the build. Where no compiler will do exec stops, and doctor's checks say why. */
static void
plan(struct run *run, struct build *build)
{
	const struct toolkit *toolkit = build->machine->toolkit;
	struct build_plan plan = { 0 };
	struct extras extras = { 0 };
	struct changes changes;

	if (!toolkit || !toolkit->nvcc)
		return;
	if (!build_plan(run, build->machine, toolkit, NULL, &plan)) {
		run->error = NULL;
		return;
	}
	extras = (struct extras){ .compiler = plan.compiler, .archs = plan.archs };
	changes = activation_changes(run, toolkit, &extras);
	for (size_t i = 0; i < plan.changes.n; i++)
		*list_add(&run->arena, &changes) = plan.changes.item[i];
	build->environ = activation_apply(run, &changes);
}

static void
first_facts(struct run *run, struct build *build)
{
	const struct machine *m = build->machine;
	const struct profile *p = build->profile;

	fact_add(run, &build->facts, "package", str_format(&run->arena, "%s: %s%s%s", p->covers,
		 p->source ? p->source : "read from its sources", p->note ? "; " : "", p->note ? p->note : ""));
	if (m->torch && !build->op)
		fact_add(run, &build->facts, "torch", str_format(&run->arena, "%s (CUDA %s) in %s",
			 m->torch->version ? m->torch->version : "?",
			 m->torch->cuda.n ? version_text(&run->arena, &m->torch->cuda, 0) : "none", m->python->executable));
	if (!m->torch && !build->op)
		fact_add(run, &build->facts, "torch", "not looked at: nothing in these sources names it");
	if (m->toolkit)
		fact_add(run, &build->facts, "toolkit", str_format(&run->arena, "CUDA %s at %s",
			 version_text(&run->arena, &m->toolkit->version, 0), m->toolkit->root));
}

/* Of a package that compiles nothing: what to ask about the one that does, of the same version where that is known. */
static const char *
ask_instead(struct run *run, const struct profile *profile)
{
	struct profile other = { 0 };
	bool same = profile->instead && profile->version && profile_find(run, profile->instead, profile->version, &other) &&
		    !other.assumed;

	if (!profile->instead)
		return NULL;
	return str_format(&run->arena, "cuenv check %s%s%s%s%s%s", run->python ? "--python " : "",
			  run->python ? str_quote(&run->arena, run->python) : "", run->python ? " " : "", profile->instead,
			  same ? "==" : "", same ? profile->version : "");
}

static const char *
headline(struct run *run, const struct build *build, const char *what)
{
	if (!build->command)
		return str_format(&run->arena, "%s: no build works here as it is: %s", what,
				  build->findings.n ? build->findings.item[0].what : "");
	if (build->profile->assumed)
		return str_format(&run->arena, "%s: nothing is known of this version; if it is built as %s is, the command below "
				  "builds it", what, build->profile->covers);
	return str_format(&run->arena, "%s: the command below is expected to build it%s", what,
			  build->profile->dir ? "" : "; its sources are not here and were not read");
}

/* The sources, read as the command at the end will have them compiled: with a -std that --repair raises. */
static bool
scan_sources(struct run *run, const struct request *request, struct build *build)
{
	const struct machine *m = build->machine;
	struct scan_wish wish = { .progress = scan_progress, .seconds = 0 };
	struct version version = { 0 };
	struct scan_said said = { 0 };
	int pin;

	if (!build->profile->dir || build->op || request_has(request, "no-scan"))
		return true;
	if (m->torch && m->torch->version)
		version_parse(m->torch->version, &version, NULL);
	pin = profile_pin(build->profile, &version);
	wish.std = pin && pin < build_demand(m) ? build_demand(m) : 0;
	strings_add(&run->arena, &wish.paths, build->profile->dir);
	if (!scan_look(run, m, &wish, false, &said)) {
		if (!said.plan.units.n)	/* nothing is compiled there */
			run->error = NULL;
		return !run->error;
	}
	fact_add(run, &build->facts, "sources", scan_summary(run, &said));
	scan_found(run, build->profile->dir, &said, &build->scanned);
	return true;
}

static bool
check_build(struct run *run, const struct machine *machine, const struct request *request, const struct profile *profile,
	    struct said *out)
{
	struct machine copy = *machine;
	struct build build = { .machine = &copy, .profile = profile };
	const struct framework *tf = build_is_tensorflow(machine, profile, &build.op);
	const char *what = profile->version && profile->name && !profile->dir
				   ? str_format(&run->arena, "%s %s", profile->name, profile->version)
				   : profile->name ? profile->name : profile->dir;

	if (!wants_torch(profile))
		copy.torch = NULL;
	if (!choose_toolkit(run, request, tf, &copy))
		return false;
	if (profile->plain) {
		out->headline = profile->plain;
		fact_add(run, &out->facts, "package", profile->source);
		out->command = ask_instead(run, profile);
		return true;
	}
	if (build.op ? !tf : wants_torch(profile) && !copy.torch)
		return run_fail(run, "no %s is here to build %s for; install one, or name its Python with --python",
				build.op ? "TensorFlow" : "torch", what);
	first_facts(run, &build);
	plan(run, &build);
	if (!scan_sources(run, request, &build))
		return false;
	if (tf)
		build_tensorflow(run, &build, tf);
	else
		build_judge(run, &build);
	out->facts = build.facts;
	out->findings = build.findings;
	out->command = build.command;
	out->headline = headline(run, &build, what);
	return !run->error;
}

static void
show_text(struct run *run, const struct said *said)
{
	show_wrapped("", said->headline);
	for (size_t i = 0; i < said->facts.n; i++)
		show_wrapped(str_format(&run->arena, "  %-9s ", said->facts.item[i].name),
			     said->facts.item[i].value);
	for (size_t i = 0; i < said->findings.n; i++) {
		struct finding f = said->findings.item[i];
		struct strings evidence = { 0 };

		for (size_t k = 0; k < f.evidence.n; k++)
			strings_add(&run->arena, &evidence, visible(&run->arena, f.evidence.item[k]));
		f.evidence = evidence;
		f.what = visible(&run->arena, f.what);
		f.remedy = f.remedy ? visible(&run->arena, f.remedy) : NULL;
		show_finding(run, &f);
	}
	if (said->command)
		out("\n%s\n", said->command);
}

static bool
show_json(struct run *run, const struct said *said, bool ok)
{
	struct cJSON *document = show_document(run, ok ? 0 : 1);

	if (!document)
		return false;
	json_put_text(run, document, "headline", said->headline);
	show_facts(run, document, &said->facts);	/* in their order: those of each module follow it */
	show_findings(run, document, &said->findings);
	json_put_text(run, document, "command", said->command);
	out_json(json_print(document));
	return true;
}

/* False with run->error when nothing can be said. */
static bool
look(struct run *run, const struct machine *machine, const struct request *request, struct said *out)
{
	const char *word = request_argument(request, 0) ? request_argument(request, 0) : ".";
	const char *path = path_clean(&run->arena, run->cwd, word);
	struct profile profile = { 0 };
	struct stat st;

	if (!*word)
		return run_fail(run, "check: an empty word names nothing; usage: cuenv check %s", request->command->arguments);
	if (!world_stat(run, path, &st))
		return find_package(run, word, &profile) && check_build(run, machine, request, &profile, out);
	if (!S_ISDIR(st.st_mode))
		return check_file(run, machine, path, out);
	if (find_tree(run, path, !request_has(request, "no-scan"), &profile))
		return check_build(run, machine, request, &profile, out);
	if (run->error)
		return false;
	if (!strchr(word, '/') && strcmp(word, ".") && strcmp(word, "..") && find_package(run, word, &profile))
		return check_build(run, machine, request, &profile, out);
	run->error = NULL;
	return run_fail(run, "%s has no setup.py, pyproject.toml or CMakeLists.txt, so there is nothing to build",
			clipped(&run->arena, word));
}

static int
run_check(struct run *run, const struct machine *machine, const struct request *request)
{
	struct said said = { 0 };
	bool ok;

	if (!look(run, machine, request, &said))
		return 2;
	ok = !findings_fail(&said.findings);
	if (!request->json)
		show_text(run, &said);
	else if (!show_json(run, &said, ok))
		return 2;
	return ok ? 0 : 1;
}

static const struct choice choices[] = {
	{ "toolkit", "SPEC", "the toolkit to build with; else the one here that suits torch best" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ "no-scan", NULL, "leave the sources themselves unread; see: cuenv help scan" },
	{ "libclang", "FILE", "the libclang to read with; else the newest in the system's folders" },
	{ 0 },
};

const struct command command_check = {
	.name = "check",
	.arguments = "[DIR | PACKAGE[==VERSION] | WHEEL | MODULE.so]",
	.summary = "what can be known before a package is built, or a module that was built is loaded",
	.details = "DIR: sources of an extension, read as text (setup.py, pyproject.toml, CMakeLists.txt), never run; the current\n"
		   "folder where nothing is named. PACKAGE: one that has a profile (mmcv, flash-attn, …). Ends with the one\n"
		   "command that is expected to work, or says why there is none; for mmcv also whether a wheel is offered.\n\n"
		   "MODULE.so, WHEEL: for which torch, CUDA and Python it was built, and whether those here will load it.\n\n"
		   "fail: it will not work; warn: the command deals with it, or it may fail; note: good to know.\n"
		   "Exit code 0: nothing fails; 1: something does; 2: could not be told.",
	.needs = NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS | NEED_DRIVER | NEED_GPUS | NEED_LIBRARIES |
		 NEED_PACKAGES | NEED_COMPUTER,
	.max_arguments = 1,
	.choices = choices,
	.json = true,
	.run = run_check,
};
