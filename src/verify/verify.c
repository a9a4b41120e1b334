/*
 * The steps in their order: what is certain beforehand, both compilers at the same time, the link, the ELF judge, the
 * loader. A step that fails is explained and ends it; what was foreseen stands beside what was seen.
 */
#include "verify/verify.h"

#include <string.h>

#include "base/path.h"
#include "base/scratch.h"
#include "base/world.h"
#include "check/torch_compilers.h"
#include "verify/judge.h"
#include "verify/plan.h"
#include "verify/sample.h"

/* What the steps work on. */
struct work {
	struct plan plan;
	struct verdict verdict;
};

static void
step_add(struct run *run, struct work *work, const char *name, const char *said, double seconds)
{
	struct step *step = list_add(&run->arena, &work->verdict.steps);

	*step = (struct step){ name, said, seconds };
}

static void
doing(const struct work *work, const char *what)
{
	if (work->plan.wish->progress)
		work->plan.wish->progress(what);
}

/* The command and all that it printed, in the build folder. */
static const char *
write_log(struct run *run, const struct plan *plan, const char *name, const struct program *program,
	  const struct outcome *outcome)
{
	const char *path = path_join(&run->arena, plan->dir, name);
	const char *text = str_format(&run->arena, "%s\n%s%s", strings_join(&run->arena, &program->argv, " "),
				      outcome->out.data, outcome->err.data);

	if (plan->wish->keep)
		world_write(run, path, text, strlen(text));
	return path;
}

/* A program may end well and leave nothing: what counts is the file. */
static bool
made(struct run *run, const struct plan *plan, const struct outcome *outcome, const char *file)
{
	return outcome->status == 0 && world_is_file(run, path_join(&run->arena, plan->dir, file));
}

static const char *
took(struct run *run, const struct outcome *o)
{
	if (o->ended)
		return "not ended";
	return str_format(&run->arena, "%.1f s%s", o->seconds, o->status ? ", failed" : "");
}

/* MAX_JOBS=1 is torch's own word for one compiler after the other. */
static bool
run_both(struct run *run, const struct program *programs, struct outcome *o)
{
	if (!str_same(run_env(run, "MAX_JOBS"), "1"))
		return program_run(run, programs, 2, o);
	return program_run(run, programs, 1, o) && program_run(run, programs + 1, 1, o + 1);
}

static bool
compile(struct run *run, struct work *work)
{
	struct plan *plan = &work->plan;
	struct program programs[2] = { build_cuda(run, plan), build_cxx(run, plan) };
	struct outcome o[2];
	bool ok[2];

	doing(work, "compiling scale.cu and module.cpp");
	if (!run_both(run, programs, o))
		return false;
	ok[0] = made(run, plan, &o[0], "scale.cuda.o");
	ok[1] = made(run, plan, &o[1], "module.o");
	step_add(run, work, "compile",
		 str_format(&run->arena, "scale.cu %s (nvcc with %s, %s), module.cpp %s (%s)", took(run, &o[0]),
			    host_says(run, &plan->nvcc_host), strings_join(&run->arena, &plan->archs, " "),
			    took(run, &o[1]), host_says(run, &plan->cxx)),
		 o[0].seconds > o[1].seconds ? o[0].seconds : o[1].seconds);
	taken_headers(run, plan, &work->verdict.facts, &work->verdict.findings);	/* foreign ones explain the rest */
	for (int i = 0; i < 2; i++) {
		const char *log = write_log(run, plan, i ? "module.log" : "scale.log", &programs[i], &o[i]);

		if (!ok[i] && !o[i].ended)
			explain(run, plan, i ? "compiling module.cpp" : "compiling scale.cu", &o[i], log,
				&work->verdict.findings, &plan->unsure);
	}
	return ok[0] && ok[1];
}

static bool
link_module(struct run *run, struct work *work)
{
	struct plan *plan = &work->plan;
	struct program program = build_link(run, plan);
	struct outcome o;
	bool ok;

	doing(work, "linking");
	if (!program_run(run, &program, 1, &o))
		return false;
	ok = made(run, plan, &o, MODULE ".so");
	step_add(run, work, "link", str_format(&run->arena, "%s.so %.1f s", MODULE, o.seconds), o.seconds);
	const char *log = write_log(run, plan, "link.log", &program, &o);
	if (!ok)
		explain(run, plan, "linking", &o, log, &work->verdict.findings, &plan->unsure);
	taken_libraries(run, plan, &o, &work->verdict.facts, &work->verdict.findings);
	return ok;
}

/* The build folder will be gone: its files are called by their names. */
static const char *
without(struct run *run, const char *text, const char *dir)
{
	const char *at = text ? strstr(text, dir) : NULL;

	if (!at || at[strlen(dir)] != '/')
		return text;
	return str_format(&run->arena, "%.*s%s", (int)(at - text), text,
			  without(run, at + strlen(dir) + 1, dir));
}

static void
forget_folder(struct run *run, struct work *work)
{
	struct verdict *v = &work->verdict;
	const char *dir = work->plan.dir;

	for (size_t i = 0; i < v->facts.n; i++)
		v->facts.item[i].value = without(run, v->facts.item[i].value, dir);
	for (size_t i = 0; i < v->findings.n; i++) {
		v->findings.item[i].what = without(run, v->findings.item[i].what, dir);
		for (size_t k = 0; k < v->findings.item[i].evidence.n; k++)
			v->findings.item[i].evidence.item[k] = without(run, v->findings.item[i].evidence.item[k], dir);
	}
}

static bool
judge(struct run *run, struct work *work)
{
	const struct plan *plan = &work->plan;
	struct judging judging = { path_join(&run->arena, plan->dir, MODULE ".so"), plan->torch, plan->python, plan->archs };

	doing(work, "judging the module");
	return judge_module(run, &judging, &work->verdict.facts, &work->verdict.findings);
}

static bool
load(struct run *run, struct work *work)
{
	struct program program = load_program(run, &work->plan);
	struct outcome o;

	if (work->plan.wish->no_load)
		return true;
	doing(work, "importing it beside torch");
	if (!program_run(run, &program, 1, &o))
		return false;
	step_add(run, work, "load", str_format(&run->arena, "%s, %.1f s", program.argv.item[0], o.seconds), o.seconds);
	write_log(run, &work->plan, "load.log", &program, &o);
	load_read(run, &work->plan, &o, &work->verdict);
	return true;
}

/* In the build folder. False only with run->error. */
static bool
try(struct run *run, const char *dir, void *context)
{
	struct work *work = context;
	struct plan *plan = &work->plan;
	struct findings *findings = &work->verdict.findings;

	plan->dir = dir;
	if (!sample_write(run, dir) || !host_settle(run, plan, findings) || !archs_settle(run, plan, findings))
		return false;
	if (!plan->blocked && plan->recipe.file)
		torch_compilers_judge(run, plan->recipe.file, plan->toolkit, plan->cxx.path, plan->cxx.is_clang,
				      &plan->cxx.version, findings);
	plan->certain = findings_fail(findings) && !plan->unsure;
	if (plan->blocked || (plan->wish->probe == PROBE_QUICK && findings_fail(findings)))
		return true;
	return (compile(run, work) && link_module(run, work) && judge(run, work) && load(run, work)) || !run->error;
}

/* What fails first, then warnings, then notes; each in the order it was found. */
static void
sort(struct findings *findings)
{
	for (size_t i = 1; i < findings->n; i++) {
		struct finding moving = findings->item[i];
		size_t at = i;

		for (; at > 0 && findings->item[at - 1].severity < moving.severity; at--)
			findings->item[at] = findings->item[at - 1];
		findings->item[at] = moving;
	}
}

/* Who finds that another toolkit is needed does not know which are here. */
static void
name_toolkit(struct run *run, const struct plan *plan, struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		struct finding *f = &findings->item[i];

		if (plan->torch->cuda.n && f->remedy && str_starts(f->remedy, "cuenv verify --toolkit ") &&
		    f->code[2] != '2' && f->code[2] != '5')	/* those about compilers and archs do know */
			f->remedy = foresee_toolkit(run, plan);
	}
}

static void
conclude(struct run *run, struct work *work)
{
	const struct plan *p = &work->plan;
	struct verdict *v = &work->verdict;

	if (p->dir && !p->wish->keep)
		forget_folder(run, work);
	name_toolkit(run, p, &v->findings);
	sort(&v->findings);
	v->answer = p->unsure && !p->certain ? ANSWER_UNKNOWN : findings_fail(&v->findings) ? ANSWER_NO : ANSWER_AGREE;
	if (v->answer == ANSWER_AGREE)
		v->headline = str_format(&run->arena, "agree: CUDA %s (%s) builds what torch %s loads%s%s",
					 version_text(&run->arena, &p->toolkit->version, 0), p->toolkit->root,
					 p->torch->version, p->variables ? ", with " : "",
					 p->variables ? p->variables : "");
	else
		v->headline = str_format(&run->arena, "%s: %s", v->answer == ANSWER_NO ? "no" : "could not tell",
					 v->findings.item[0].what);
}

bool
verify_toolkit(struct run *run, const struct machine *machine, const struct wish *wish, struct verdict *out)
{
	struct work work = { .plan = { .machine = machine, .wish = wish, .toolkit = wish->toolkit,
				       .torch = machine->torch, .python = machine->python } };
	bool remember = !wish->keep;

	if (run->root[0])
		return run_fail(run, "verify runs compilers, and those of another root (%s) cannot be run", run->root);
	if (remember && !wish->force && cache_find(run, &work.plan, out))
		return true;
	recipe_read(run, work.plan.torch, &work.plan.recipe);
	if (work.plan.recipe.passes_pybind)
		recipe_pybind(run, work.plan.torch, &work.plan.pybind);
	foresee(run, &work.plan, &work.verdict.facts, &work.verdict.findings);
	work.plan.certain = findings_fail(&work.verdict.findings);
	if (!work.plan.blocked && !scratch_with(run, wish->keep, try, &work)) {
		if (!work.plan.certain)
			return false;
		fact_add(run, &work.verdict.facts, "build", str_format(&run->arena, "not tried: %s", run->error));
		run->error = NULL;
		work.plan.unsure = true;
	}
	conclude(run, &work);
	if (remember && !work.plan.unsure)
		cache_keep(run, &work.plan, &work.verdict);
	*out = work.verdict;
	return true;
}
