/*
 * From what a compiler printed to what is wrong: the rows of causes.def, each a message that nvcc, gcc, clang or ld was
 * seen to print. What no row knows is told by its first line with "error" and the kept log.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "verify/plan.h"

enum kind { SET, TOOL };

struct cause {
	const char *code;
	enum kind kind;
	const char *needle, *second;
	const char *what, *remedy;
};

static const struct cause causes[] = {
#define CAUSE(code, kind, needle, second, what, remedy) { #code, kind, needle, second, what, remedy },
#include "verify/causes.def"
#undef CAUSE
};

/* All that a row's words can stand for. */
struct words {
	struct run *run;
	const struct plan *plan;
	const char *line, *name;
};

static const char *
best_compiler(const struct words *w)
{
	const struct compiler *best = host_best(w->plan);

	return best ? str_format(&w->run->arena, "cuenv verify --cxx %s", best->path)
		    : str_format(&w->run->arena, "conda create -p ~/gxx -c conda-forge gxx=%d", w->plan->toolkit->gcc_max);
}

static const char *
value(const struct words *w, const char *word, size_t length)
{
	struct arena *arena = &w->run->arena;
	const struct plan *p = w->plan;
	const struct { const char *word, *value; } table[] = {
		{ "cuda", version_text(arena, &p->toolkit->version, 2) },
		{ "torch", p->torch->version },
		{ "std", str_format(arena, "%d", p->recipe.cxx_std) },
		{ "host", host_says(w->run, &p->nvcc_host) },
		{ "bound", str_format(arena, "%d", p->nvcc_host.is_clang ? p->toolkit->clang_max : p->toolkit->gcc_max) },
		{ "best", best_compiler(w) },
		{ "root", p->toolkit->root },
		{ "cudart", p->toolkit->remedy ? p->toolkit->remedy : "cuenv versions --why" },
		{ "line", w->line },
		{ "name", w->name },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strlen(table[i].word) == length && strncmp(table[i].word, word, length) == 0)
			return table[i].value;
	return "?";
}

static const char *
filled(const struct words *w, const char *text)
{
	struct strings pieces = { 0 };

	while (*text) {
		size_t plain = strcspn(text, "{"), word;

		strings_add(&w->run->arena, &pieces, str_copy(&w->run->arena, text, plain));
		text += plain;
		if (!*text)
			break;
		word = strcspn(text, "}");
		strings_add(&w->run->arena, &pieces, value(w, text + 1, word - 1));
		text += word + 1;
	}
	return strings_join(&w->run->arena, &pieces, "");
}

/* Both streams as one text: nvcc prints its own complaints on either. */
static struct blob
all_output(struct run *run, const struct outcome *outcome)
{
	const char *text = str_format(&run->arena, "%s\n%s", outcome->err.data, outcome->out.data);

	return (struct blob){ (char *)text, strlen(text) };
}

static const char *
line_around(struct run *run, const struct blob *text, const char *at)
{
	const char *start = at;

	while (start > text->data && start[-1] != '\n')
		start--;
	return str_trim(&run->arena, start, strcspn(start, "\n"));
}

/* The first line that speaks of an error; else the first line at all. */
static const char *
first_error(struct run *run, const struct blob *text)
{
	static const char *const marks[] = { "error:", "error ", "fatal", "not found", "undefined reference" };
	const char *line;
	size_t at = 0, length;

	while (blob_line(text, &at, &line, &length)) {
		const char *copy = str_trim(&run->arena, line, length);

		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (strstr(copy, marks[i]))
				return copy;
	}
	return str_trim(&run->arena, text->data + strspn(text->data, "\n"), strcspn(text->data + strspn(text->data, "\n"), "\n"));
}

/* The thing that a message names behind the needle: up to a quote, a colon or a blank. */
static const char *
named(struct run *run, const struct blob *text, const struct cause *cause)
{
	const char *needle = cause->second[0] ? cause->second : cause->needle, *at = blob_find(text, needle);
	const char *last = strrchr(needle, ' ');

	if (!at)
		return "?";
	at += last ? (size_t)(last - needle) + 1 : strlen(needle);
	if (*at == '\'' || *at == '"')
		at++;
	return str_copy(&run->arena, at, strcspn(at, "'\": \n"));
}

static const struct cause *
known(const struct blob *text)
{
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (blob_find(text, causes[i].needle) && (!causes[i].second[0] || blob_find(text, causes[i].second)))
			return &causes[i];
	return NULL;
}

/* What needs no message to be known. */
static bool
silent(struct run *run, const char *step, const struct outcome *outcome, const struct blob *text,
       struct findings *findings, bool *unsure)
{
	if (outcome->timed_out) {
		finding_add(run, findings, "CE901", SEVERITY_FAIL,
			    str_format(&run->arena, "%s did not end in %.0f seconds", step, outcome->seconds), NULL);
		*unsure = true;
		return true;
	}
	if (outcome->status == 128 + 9) {
		finding_add(run, findings, "CE902", SEVERITY_FAIL,
			    str_format(&run->arena, "%s was killed, as happens when memory runs out", step), NULL);
		*unsure = true;
		return true;
	}
	if (strspn(text->data, "\n ") < text->size)
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
	struct blob text = all_output(run, outcome);
	struct words words = { .run = run, .plan = plan };
	const struct cause *cause = known(&text);
	struct finding *finding;

	if (!cause && silent(run, step, outcome, &text, findings, unsure))
		return;
	words.line = cause ? line_around(run, &text, blob_find(&text, cause->needle)) : first_error(run, &text);
	words.name = cause ? named(run, &text, cause) : "";
	if (cause)
		finding = finding_add(run, findings, cause->code, SEVERITY_FAIL, filled(&words, cause->what),
				      filled(&words, cause->remedy));
	else
		finding = finding_add(run, findings, str_same(step, "linking") ? "CE492" : "CE491", SEVERITY_FAIL,
				      str_format(&run->arena, "%s failed: %s", step, words.line),
				      plan->wish->keep ? NULL : "cuenv verify --force --keep /tmp/cuenv-build");
	strings_add(&run->arena, &finding->evidence, words.line);
	if (plan->wish->keep && log)
		strings_add(&run->arena, &finding->evidence, str_format(&run->arena, "all of it: %s", log));
	*unsure |= cause && cause->kind == TOOL;
}
