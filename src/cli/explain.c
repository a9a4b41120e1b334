/* cuenv explain: what a build's log or a traceback says, the first cause first, and this machine's facts. */
#define _GNU_SOURCE
#include "explain/explain.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "cli/command.h"
#include "cli/explain_code.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "know/acquire.h"
#include "machine.h"

#define SHOWN 4		/* causes told in words; the others are counted */

/* All that is to be printed. */
struct answer {
	const char *name;		/* of the log */
	const struct reading *reading;
	const struct hit *first;	/* the cause, or NULL */
	struct findings findings;	/* it and the other causes, then what is harmless */
	size_t causes;			/* so many of them are causes */
	struct facts facts;		/* of this machine, about the first */
};

struct opened { struct run *run; const char *name; struct reading *reading; };

static bool
read_opened(int fd, void *context)
{
	struct opened *o = context;

	return explain_file(o->run, fd, o->name, o->reading);
}

/* The file that was named, else standard input; false with run->error. */
static bool
read_log(struct run *run, const char *argument, struct opened *opened)
{
	struct stat st;
	const char *path;
	int why;

	if (!argument || strcmp(argument, "-") == 0)
		return explain_file(run, STDIN_FILENO, "standard input", opened->reading);
	path = path_clean(&run->arena, run->cwd, argument);
	if (world_with_file(run, path, read_opened, opened) || run->error)
		return !run->error;
	why = errno;
	if (!world_stat(run, path, &st))
		return run_fail(run, "%s: %s", argument, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return run_fail(run, "%s is a folder; name the log in it", argument);
	if (!S_ISREG(st.st_mode))
		return run_fail(run, "%s is no regular file; write: … | cuenv explain -", argument);
	return run_fail(run, "%s cannot be opened: %s", argument, strerror(why));
}

/* What the machine knows. */
struct asker { struct run *run; const struct machine *machine; const struct hit *hit; const char *spec; };

static const char *
machine_word(void *asker, const char *word, size_t length)
{
	const struct asker *a = asker;
	const char *here = explain_here(a->run, a->machine, a->hit, word, length);

	if (here)
		return here;
	return length == 4 && strncmp(word, "spec", 4) == 0 ? a->spec : acquire_word(a->run, a->machine, word, length);
}

static void
add_hit(struct run *run, struct answer *answer, const struct hit *hit, struct asker *asker)
{
	const char *times = hit->count > 1 ? str_format(&run->arena, " (and %zu more)", hit->count - 1) : "";
	enum severity severity = hit->cause->kind == CAUSE_NOTE ? SEVERITY_NOTE : SEVERITY_FAIL;
	const char *remedy, *what;
	const char *line = str_format(&run->arena, "%s:%zu: %s%s", answer->name, hit->line, hit->text, times);
	struct finding *finding;

	asker->hit = hit;
	remedy = explain_filled(run, hit, hit->cause->remedy, machine_word, asker);
	what = explain_filled(run, hit, hit->cause->what, machine_word, asker);
	finding = finding_add(run, &answer->findings, hit->cause->code, severity, visible(&run->arena, what),
			      *remedy ? remedy : NULL);
	strings_add(&run->arena, &finding->evidence, visible(&run->arena, line));
}

/* The first cause leads; consequences are told only where it is one itself. */
static bool
judge(struct run *run, struct answer *answer)
{
	const struct reading *reading = answer->reading;
	struct machine machine = { 0 };
	struct asker asker = { .run = run };
	unsigned needs = 0;

	answer->first = explain_first(reading);
	for (size_t i = 0; i < reading->n; i++)
		needs |= &reading->hit[i] == answer->first ? explain_needs(&reading->hit[i])
							   : explain_needs_to_get(reading->hit[i].cause);
	if (needs) {
		if (!machine_survey(run, needs, NULL, &machine))
			return false;
		asker.machine = &machine;
	}
	if (answer->first && explain_needs(answer->first))
		explain_facts(run, &machine, answer->first, &answer->facts, &asker.spec);
	if (answer->first)
		add_hit(run, answer, answer->first, &asker);
	for (size_t i = 0; i < reading->n; i++)
		if (&reading->hit[i] != answer->first && reading->hit[i].cause->kind < CAUSE_AFTER)
			add_hit(run, answer, &reading->hit[i], &asker);
	answer->causes = answer->findings.n;
	for (size_t i = 0; i < reading->n; i++)
		if (reading->hit[i].cause->kind == CAUSE_NOTE)
			add_hit(run, answer, &reading->hit[i], &asker);
	return true;
}

/* What nobody knows: where it seems to begin, and what else can be asked. */
static void
print_unknown(struct run *run, const struct answer *answer)
{
	const struct hit *error = &answer->reading->error;
	const char *line = str_format(&run->arena, "%s:%zu: %s", answer->name, error->line, error->text);

	show_wrapped("", str_format(&run->arena, "no known failure in %s, which has %zu line%s", answer->name,
				    answer->reading->lines, answer->reading->lines == 1 ? "" : "s"));
	if (error->line)
		show_wrapped("  - ", line);
	if (error->line || answer->reading->failed)
		out("  → cuenv doctor\n  → cuenv verify\n");
}

static void
print_text(struct run *run, const struct answer *answer)
{
	size_t n = answer->causes, shown = n < SHOWN ? n : SHOWN;

	if (!n)
		print_unknown(run, answer);
	else
		show_wrapped("", str_format(&run->arena, "the first cause in %s:", answer->name));
	for (size_t i = 0; i < shown; i++) {
		show_finding(run, &answer->findings.item[i]);
		for (size_t f = 0; i == 0 && f < answer->facts.n; f++) {
			if (f == 0)
				out("  on this machine:\n");
			show_wrapped(str_format(&run->arena, "    %-9s ", answer->facts.item[f].name),
				     answer->facts.item[f].value);
		}
	}
	if (n > shown)
		out("\nand %zu more%s; all of them: cuenv explain --json\n", n - shown,
		       answer->reading->more ? " at least" : "");
	for (size_t i = n; i < answer->findings.n; i++)
		show_finding(run, &answer->findings.item[i]);
}

static bool
print_json(struct run *run, const struct answer *answer)
{
	const struct hit *error = &answer->reading->error;
	struct cJSON *document = show_document(run, answer->causes ? 0 : 1);

	if (!document)
		return false;
	json_put_text(run, document, "log", answer->name);
	json_put_text(run, document, "cause", answer->first ? answer->first->cause->code : NULL);
	json_put_number(document, "line", (double)(answer->first ? answer->first->line : error->line));
	json_put_text(run, document, "first_error", error->line ? error->text : NULL);
	json_put_number(document, "lines", (double)answer->reading->lines);
	json_put_bool(document, "more", answer->reading->more);
	json_put_bool(document, "cut", answer->reading->cut);
	show_findings(run, document, &answer->findings);
	show_facts(run, document, &answer->facts);
	out_json(json_print(document));
	return true;
}

static int
run_explain(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *argument = request_argument(request, 0);
	struct reading *reading = arena_alloc(&run->arena, sizeof(*reading));
	struct answer answer = { .reading = reading };
	struct opened opened = { run, argument, reading };

	(void)machine;
	if (argument && explain_is_code(argument))
		return explain_code(run, argument, request->json);
	if (!argument && isatty(STDIN_FILENO)) {
		run_fail(run, "explain: name a log or a code, or write: … 2>&1 | cuenv explain; see: cuenv help explain");
		return 2;
	}
	answer.name = argument && strcmp(argument, "-") != 0 ? argument : "stdin";
	if (!read_log(run, argument, &opened) || !judge(run, &answer))
		return 2;
	if (reading->cut)
		err("cuenv: %s goes on behind 2 GB: only these were read\n",
			answer.name);
	if (!request->json)
		print_text(run, &answer);
	else if (!print_json(run, &answer))
		return 2;
	return answer.causes ? 0 : 1;
}

const struct command command_explain = {
	.name = "explain",
	.arguments = "[LOG | CODE | -]",
	.summary = "say what made a build or an import fail, from its log",
	.details = "Reads a build's log or a traceback, from a file or standard input, and names the first cause before what\n"
		   "follows from it, with the line that says so, what to type, and what this machine has to say of it. A\n"
		   "CODE, as CE301, is told by itself. Exit code: 0 a cause is named, 1 none is known, 2 nothing could be\n"
		   "read.",
	.max_arguments = 1,
	.choices = python_choices,
	.json = true,
	.run = run_explain,
};
