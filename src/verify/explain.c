/*
 * From what a compiler printed to what is wrong: the first cause that the rows of explain/causes.def know, told with the
 * plan's words. What no row knows is told by its first line with "error" and the kept log.
 */
#include "explain/explain.h"

#include <string.h>

#include "base/path.h"
#include "know/acquire.h"
#include "verify/plan.h"

/* One compiler after the other: half the memory, and the whole machine for each. */
#define FEWER "MAX_JOBS=1 cuenv verify"

#define LINE_SHOWN ((size_t)1000)	/* bytes of a compiler's line */

struct asker { struct run *run; const struct plan *plan; };

static const char *
best_compiler(const struct asker *a)
{
	const struct compiler *best = host_best(a->run, a->plan);

	return best ? str_format(&a->run->arena, "cuenv verify --cxx %s", best->path)
		    : acquired_text(acquire_compiler(a->run, a->plan->machine, a->plan->toolkit->gcc_max));
}

/* The plan's answers to the words of causes.def. */
static const char *
plan_word(void *asker, const char *word, size_t length)
{
	const struct asker *a = asker;
	struct arena *arena = &a->run->arena;
	const struct plan *p = a->plan;
	const char *cuda = version_text(arena, &p->toolkit->version, 2), *torch = p->torch->version;
	const char *again = acquired_text(acquire_torch_again(a->run, p->python, p->torch));
	const struct { const char *word, *value; } table[] = {
		{ "CUDA", str_format(arena, "CUDA %s", cuda) },
		{ "nvcc", str_format(arena, "nvcc %s", cuda) },
		{ "Torch", str_format(arena, "torch %s", torch) },
		{ "retorch", again },
		{ "flags", str_format(arena, "torch %s's -std=c++%d", torch, p->recipe.cxx_std) },
		{ "std", str_format(arena, "c++%d", p->recipe.cxx_std) },
		{ "host", host_says(a->run, &p->nvcc_host) },
		{ "bound", str_format(arena, "%d", p->toolkit->gcc_max) },
		{ "best", best_compiler(a) },
		{ "fit", "cuenv verify --toolkit torch" },
		{ "home", "cuenv verify --toolkit torch" },
		{ "again", "cuenv verify" },
		{ "fewer", FEWER },
		{ "clean", "env -u CPATH -u CPLUS_INCLUDE_PATH cuenv verify --force" },
		{ "unpin", "env -u NVCC_PREPEND_FLAGS -u NVCC_APPEND_FLAGS cuenv verify --force" },
		{ "header", "cuenv versions --why" },
		{ "in", str_format(arena, " in %s", p->toolkit->root) },
		{ "cudart", p->toolkit->remedy ? p->toolkit->remedy : "cuenv versions --why" },
		{ "library", again },
		{ "older", "cuenv verify --arch 8.0" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strlen(table[i].word) == length && strncmp(table[i].word, word, length) == 0)
			return table[i].value;
	return acquire_word(a->run, p->machine, word, length);
}

/* Both streams as one text: nvcc prints its own complaints on either. */
static const char *
all_output(struct run *run, const struct outcome *outcome)
{
	return str_format(&run->arena, "%s\n%s", outcome->err.data, outcome->out.data);
}

/* What needs no message to be known. */
static bool
silent(struct run *run, const char *step, const struct outcome *outcome, const char *text, struct findings *findings,
       bool *unsure)
{
	if (outcome->timed_out) {
		finding_add(run, findings, "CE901", SEVERITY_FAIL,
			    str_format(&run->arena, "%s did not end in %.0f seconds", step, outcome->seconds), FEWER);
		*unsure = true;
		return true;
	}
	if (outcome->status == 128 + 9) {
		finding_add(run, findings, "CE902", SEVERITY_FAIL,
			    str_format(&run->arena, "%s was killed, as happens when memory runs out", step), FEWER);
		*unsure = true;
		return true;
	}
	if (text[strspn(text, "\n ")])
		return false;
	finding_add(run, findings, "CE104", SEVERITY_FAIL,
		    str_format(&run->arena, "%s made nothing and said nothing (exit code %d)", step, outcome->status),
		    "cuenv versions --why");
	return true;
}

void
explain(struct run *run, const struct plan *plan, const char *step, const struct outcome *outcome, const char *log,
	struct findings *findings, bool *unsure)
{
	const char *text = all_output(run, outcome), *line;
	struct reading *reading = arena_alloc(&run->arena, sizeof(*reading));
	struct asker asker = { run, plan };
	const struct hit *first;
	struct finding *finding;

	explain_text(run, text, strlen(text), reading);
	first = explain_first(reading);
	if (!first && silent(run, step, outcome, text, findings, unsure))
		return;
	text += strspn(text, "\n");
	line = first ? first->text : reading->error.line ? reading->error.text
	     : str_trim(&run->arena, text, strcspn(text, "\n") < LINE_SHOWN ? strcspn(text, "\n") : LINE_SHOWN);
	if (first)
		finding = finding_add(run, findings, first->cause->code, SEVERITY_FAIL,
				      explain_filled(run, first, first->cause->what, plan_word, &asker),
				      explain_filled(run, first, first->cause->remedy, plan_word, &asker));
	else
		finding = finding_add(run, findings, str_same(step, "linking") ? "CE492" : "CE491", SEVERITY_FAIL,
				      str_format(&run->arena, "%s failed: %s", step, line),
				      plan->wish->keep ? NULL : "cuenv verify --force --keep /tmp/cuenv-build");
	strings_add(&run->arena, &finding->evidence, line);
	if (plan->wish->keep && log)
		strings_add(&run->arena, &finding->evidence, str_format(&run->arena, "all of it: %s", log));
	*unsure |= first && first->cause->kind == CAUSE_TOOL;
}
