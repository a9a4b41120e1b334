/* One file, read by libclang in a child; all that is learnt goes through record_write. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "scan/engine.h"

#define ERRORS 200	/* in the package's code, and in others' headers; the rest is of the same kind */

struct reader {
	struct run *run;
	const struct parse *parse;
	const struct clang *clang;
	void *unit;
	struct places places;
	bool collected;
	struct { struct include { void *file, *in; const char *path; int line, column; bool own; } *item; size_t n; } includes;
};

static bool
is_own(const struct context *context, const char *path)
{
	for (size_t i = 0; i < context->foreign.n; i++)
		if (context->foreign.item[i] && path_below(path, context->foreign.item[i]))
			return false;
	return true;
}

static void
note_include(void *file, struct clang_location *stack, unsigned depth, void *data)
{
	struct reader *reader = data;
	struct run *run = reader->run;
	struct include include = { .file = file, .path = clang_text(run, reader->clang, reader->clang->getFileName(file)) };
	unsigned line = 0, column = 0;

	if (depth)
		reader->clang->getExpansionLocation(stack[0], &include.in, &line, &column, NULL);
	include.line = (int)line;
	include.column = (int)column;
	include.path = path_clean(&run->arena, run->cwd, include.path);
	include.own = is_own(reader->parse->context, include.path);
	*list_add(&run->arena, &reader->includes) = include;
}

static const struct include *
included(const struct reader *reader, const void *file)
{
	for (size_t i = 0; file && i < reader->includes.n; i++)
		if (reader->includes.item[i].file == file)
			return &reader->includes.item[i];
	return NULL;
}

static const char *
name_of(const struct reader *reader, void *file)
{
	const struct include *include = included(reader, file);

	if (include)
		return include->path;
	return file ? path_clean(&reader->run->arena, reader->run->cwd,
				 clang_text(reader->run, reader->clang, reader->clang->getFileName(file)))
		    : "";
}

/* Where the error is for the package: one in a foreign header is where the package includes what leads there. */
static void
locate(const struct reader *reader, struct clang_location at, struct said *said)
{
	const struct clang *clang = reader->clang;
	void *file = NULL, *spelled = NULL;
	unsigned line = 0, column = 0;

	clang->getExpansionLocation(at, &file, &line, &column, NULL);
	clang->getSpellingLocation(at, &spelled, NULL, NULL, NULL);
	*said = (struct said){ .file = name_of(reader, file), .line = (int)line, .column = (int)column, .from = "", .note = "" };
	if (!said->file[0])	/* the command line */
		*said = (struct said){ .file = reader->parse->file, .from = "", .note = "" };
	if (!is_own(reader->parse->context, said->file)) {
		said->place = PLACE_FOREIGN;
		said->from = said->file;
		for (const struct include *i = included(reader, file); i && i->in && !is_own(reader->parse->context, said->file);
		     i = included(reader, i->in)) {
			said->file = name_of(reader, i->in);
			said->line = i->line;
			said->column = i->column;
		}
	} else if (spelled != file && !is_own(reader->parse->context, name_of(reader, spelled))) {
		said->place = PLACE_MACRO;
	}
}

static void
add_note(const struct reader *reader, void *diagnostic, struct said *said)
{
	const struct clang *clang = reader->clang;
	void *notes = clang->getChildDiagnostics(diagnostic), *first, *file = NULL;

	if (!notes || clang->getNumDiagnosticsInSet(notes) == 0)
		return;
	first = clang->getDiagnosticInSet(notes, 0);
	said->note = clang_text(reader->run, clang, clang->getDiagnosticSpelling(first));
	clang->getExpansionLocation(clang->getDiagnosticLocation(first), &file, NULL, NULL, NULL);
	if (!said->from[0] && file && !is_own(reader->parse->context, name_of(reader, file)))
		said->from = name_of(reader, file);
	clang->disposeDiagnostic(first);
}

static unsigned
place_of(struct reader *reader, struct clang_location at)
{
	if (!reader->collected)
		place_collect(reader->run, reader->clang, reader->unit, &reader->places);
	reader->collected = true;
	return place_at(reader->clang, &reader->places, at);
}

/* Whether it was an error of the package's own code. */
static bool
write_error(struct reader *reader, void *diagnostic)
{
	const struct clang *clang = reader->clang;
	struct clang_location at = clang->getDiagnosticLocation(diagnostic);
	struct arena *arena = &reader->run->arena;
	struct said said;

	locate(reader, at, &said);
	said.text = clang_text(reader->run, clang, clang->getDiagnosticSpelling(diagnostic));
	if (strcmp(clang_text(reader->run, clang, clang->getDiagnosticCategoryText(diagnostic)), "User-Defined Issue") == 0)
		said.text = str_format(arena, "#error %s", said.text);
	add_note(reader, diagnostic, &said);
	if (!(said.place & PLACE_FOREIGN))
		said.place |= place_of(reader, at);
	record_write(reader->run, 1, "said", (const char *[]){ str_format(arena, "%u", said.place), said.file,
		     str_format(arena, "%d", said.line), str_format(arena, "%d", said.column), said.text, said.from,
		     said.note }, 7);
	return !(said.place & PLACE_FOREIGN);
}

static void
write_all(struct reader *reader)
{
	const struct clang *clang = reader->clang;
	unsigned n = clang->getNumDiagnostics(reader->unit), own = 0, foreign = 0;

	clang->getInclusions(reader->unit, note_include, reader);
	for (size_t i = 0; i < reader->includes.n; i++)
		if (reader->includes.item[i].own)
			record_write(reader->run, 1, "own", &reader->includes.item[i].path, 1);
	for (unsigned i = 0; i < n && own < ERRORS && foreign < ERRORS; i++) {
		void *diagnostic = clang->getDiagnostic(reader->unit, i);

		if (clang->getDiagnosticSeverity(diagnostic) >= CLANG_ERROR)
			write_error(reader, diagnostic) ? own++ : foreign++;
		clang->disposeDiagnostic(diagnostic);
	}
}

#define IDLE 3	/* seconds */

static long long
processor_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* SIGALRM: two times in a row nothing was computed, not even on a busy machine. */
static void
look_at_clock(int number)
{
	static long long last;
	static int idle;
	long long now = processor_time();

	(void)number;
	idle = now - last < 1000000 ? idle + 1 : 0;
	last = now;
	if (idle > 1)
		_exit(PARSE_WAITS);
}

static void
watch(void)
{
	const struct itimerval often = { .it_interval.tv_sec = IDLE, .it_value.tv_sec = IDLE };
	struct sigaction action = { .sa_handler = look_at_clock, .sa_flags = SA_RESTART };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
}

int
parse_work(struct run *run, void *data)
{
	const struct parse *parse = data;
	const struct clang *clang = parse->engine->clang;
	struct reader reader = { .run = run, .parse = parse, .clang = clang };
	struct strings argv = { 0 };
	unsigned options = CLANG_INCOMPLETE | (parse->pch_out ? CLANG_FOR_SAVING | CLANG_NO_BODIES : 0);
	void *index;

	watch();
	index = clang->createIndex(1, 0);
	for (size_t i = 0; i < parse->context->argv.n; i++)
		strings_add(&run->arena, &argv, parse->context->argv.item[i]);
	if (parse->pch_in) {
		strings_add(&run->arena, &argv, "-include-pch");
		strings_add(&run->arena, &argv, parse->pch_in);
	}
	if (clang->parseTranslationUnit2(index, parse->file, argv.item, (int)argv.n, NULL, 0, options, &reader.unit) != CLANG_DONE)
		return 2;
	write_all(&reader);
	record_write(run, 1, "end", NULL, 0);
	/* What libclang holds is the system's to free. */
	_exit(parse->pch_out && clang->saveTranslationUnit(reader.unit, parse->pch_out, 0) != 0 ? 3 : 0);
}
