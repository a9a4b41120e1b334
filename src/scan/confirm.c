#define _GNU_SOURCE
#include "scan/confirm.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/cxx.h"
#include "base/finding.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/program.h"
#include "base/scratch.h"
#include "scan/report.h"

#define LINE_SHOWN ((size_t)1000)	/* bytes of a compiler's line */
#define SECONDS 900	/* for one file, unless --seconds says otherwise */

struct confirming {
	const struct scan_plan *plan;
	const struct scan_wish *wish;
	const char *cxx;
	struct scan_results doubtful;	/* copies; their places in the results are in at */
	struct { struct scan_result **item; size_t n; } at;
};

static void
add_each(struct run *run, struct strings *argv, const char *option, const struct strings *values)
{
	for (size_t i = 0; i < values->n; i++) {
		strings_add(&run->arena, argv, option);
		strings_add(&run->arena, argv, values->item[i]);
	}
}

/* In one word: "@file" by itself would be read as more options. */
static void
add_macros(struct run *run, struct strings *argv, const char *option, const struct strings *values)
{
	for (size_t i = 0; i < values->n; i++)
		strings_add(&run->arena, argv, str_format(&run->arena, "%s%s", option, values->item[i]));
}

static struct program
command(struct run *run, const struct confirming *c, const struct scan_unit *unit, const char *object)
{
	const struct scan_flags *flags = unit->flags;
	struct program program = { .seconds = c->wish->seconds ? c->wish->seconds : SECONDS };
	struct strings *argv = &program.argv;

	strings_add(&run->arena, argv, flags->cuda ? c->plan->machine->toolkit->nvcc : c->cxx);
	if (flags->cuda) {	/* PTX of one architecture is enough: what the front ends refuse they refuse for each */
		strings_add(&run->arena, argv, "-ccbin");
		strings_add(&run->arena, argv, c->cxx);
		strings_add(&run->arena, argv, "-gencode=arch=compute_80,code=compute_80");
	} else {
		strings_add(&run->arena, argv, "-fPIC");
	}
	strings_add(&run->arena, argv, "-O0");
	if (flags->std)
		strings_add(&run->arena, argv, str_format(&run->arena, "-std=c++%02d", flags->std));
	/* GCC takes x.h.gch in place of the first header x.h: a memory image, not text. So the first one is empty. */
	strings_add(&run->arena, argv, "-include");
	strings_add(&run->arena, argv, "/dev/null");
	add_macros(run, argv, "-D", &flags->defines);
	add_macros(run, argv, "-U", &flags->undefines);
	add_each(run, argv, "-I", &flags->include_dirs);
	add_each(run, argv, "-isystem", &flags->system_dirs);
	add_each(run, argv, flags->cuda ? "-Xcompiler=-imacros" : "-imacros", &flags->macros);
	add_each(run, argv, "-include", &flags->forced);
	for (size_t i = 0; i < flags->others.n; i++)
		strings_add(&run->arena, argv, flags->others.item[i]);
	strings_add(&run->arena, argv, "-x");	/* whatever the file is called: not as assembler, not as preprocessed */
	strings_add(&run->arena, argv, flags->cuda ? "cu" : "c++");
	strings_add(&run->arena, argv, "-c");
	strings_add(&run->arena, argv, unit->file);
	strings_add(&run->arena, argv, "-o");
	strings_add(&run->arena, argv, object);
	return program;
}

/* "/x/a.cu:12:3: error: …" of g++, "/x/a.cu(12): error: …" of nvcc: the line of the first one, or NULL. */
static const char *
first_error(struct run *run, const struct blob *text)
{
	const char *line, *error;
	size_t at = 0, length;

	while (blob_line(text, &at, &line, &length)) {
		error = memmem(line, length, "error", 5);
		if (error && memmem(line, length, ": ", 2))
			return str_copy(&run->arena, line, length < LINE_SHOWN ? length : LINE_SHOWN);
	}
	return NULL;
}

/* The place that an error's line begins with. */
static void
read_place(struct run *run, const char *line, struct scan_hit *hit)
{
	const char *at = line + strcspn(line, ":("), *says = strstr(line, "error");

	if (*at && isdigit((unsigned char)at[1])) {
		hit->file = str_copy(&run->arena, line, (size_t)(at - line));
		hit->line = atoi(at + 1);
	}
	hit->says = says;
}

static void
judge(struct run *run, const struct outcome *outcome, struct scan_result *result)
{
	struct scan_hit hit = { .sure = true, .code = "CE491", .cause = "the compiler refuses it", .file = result->unit->file };
	const char *error = first_error(run, &outcome->err);

	if (outcome->timed_out) {
		result->why = "the compiler took too long";
		return;
	}
	result->how = SCAN_BY_COMPILER;
	result->why = NULL;
	if (outcome->status == 0) {
		result->hits = (struct scan_hits){ 0 };
		return;
	}
	if (!error)
		error = first_error(run, &outcome->out);
	if (error)
		read_place(run, error, &hit);
	for (size_t i = 0; i < result->hits.n; i++) {
		const struct scan_hit *doubt = &result->hits.item[i];

		if (doubt->line != hit.line || !str_same(doubt->file, hit.file))
			continue;
		hit.code = doubt->code;
		hit.cause = doubt->cause;
		hit.remedy = doubt->remedy;
		hit.of = doubt->of;
		hit.name = doubt->name;
		break;
	}
	result->hits = (struct scan_hits){ 0 };
	*list_add(&run->arena, &result->hits) = hit;
}

static bool
compile_all(struct run *run, const char *dir, void *context)
{
	struct confirming *c = context;
	size_t jobs = (size_t)(c->wish->jobs ? c->wish->jobs : memory_cores());

	for (size_t first = 0; first < c->at.n; first += jobs) {
		size_t n = c->at.n - first < jobs ? c->at.n - first : jobs;
		struct program *programs = arena_alloc(&run->arena, n * sizeof(*programs));
		struct outcome *outcomes = arena_alloc(&run->arena, n * sizeof(*outcomes));

		for (size_t i = 0; i < n; i++) {
			programs[i] = command(run, c, c->at.item[first + i]->unit, str_format(&run->arena, "%s/%zu.o", dir, i));
			programs[i].directory = dir;
		}
		if (!program_run(run, programs, n, outcomes))
			return false;
		for (size_t i = 0; i < n; i++)
			judge(run, &outcomes[i], c->at.item[first + i]);
		if (c->wish->progress)
			c->wish->progress(run, first + n, c->at.n);
	}
	return true;
}

#define REFUSED_SHOWN 4

static bool
may_compile(struct run *run, const struct confirming *c, const struct scan_result *result, struct strings *refused)
{
	struct program program = command(run, c, result->unit, "/x.o");

	for (size_t i = 1; result->unit->flags->cuda && i < program.argv.n; i++) {
		if (cxx_is_plain(program.argv.item[i]))
			continue;
		if (refused->n < REFUSED_SHOWN)
			strings_add(&run->arena, refused, str_format(&run->arena, "%s: %.100s",
					scan_shown(run, c->plan, result->unit->file), program.argv.item[i]));
		return false;
	}
	return true;
}

bool
scan_confirm(struct run *run, struct scan_plan *plan, const struct scan_wish *wish, const char *cxx,
	     struct scan_results *results)
{
	struct confirming confirming = { .plan = plan, .wish = wish, .cxx = cxx };
	struct strings refused = { 0 };

	for (size_t i = 0; i < results->n; i++)
		if (scan_verdict(&results->item[i]) == SCAN_DOUBTFUL && !results->item[i].special &&
		    may_compile(run, &confirming, &results->item[i], &refused))
			*list_add(&run->arena, &confirming.at) = &results->item[i];
	if (refused.n)
		finding_add(run, &plan->findings, "CE818", SEVERITY_NOTE, "files are not compiled: nvcc hands its words to a shell, "
			    "which would read more than a word in these", NULL)->evidence = refused;
	if (!confirming.at.n)
		return true;
	return scratch_with(run, NULL, compile_all, &confirming);
}
