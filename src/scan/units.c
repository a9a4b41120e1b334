/* Each unit through libclang in a child; as text where no libclang is, or where it came to no end. */
#define _GNU_SOURCE
#include <string.h>
#include <signal.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/remember.h"
#include "base/scratch.h"
#include "base/trust.h"
#include "base/world.h"
#include "scan/engine.h"

#define SECONDS 60
#define MEMORY ((size_t)1 << 30)

static struct context *
context_for(struct engine *engine, const struct scan_flags *flags)
{
	for (size_t i = 0; i < engine->contexts.n; i++)
		if (engine->contexts.item[i].flags == flags)
			return &engine->contexts.item[i];
	return NULL;
}

static void
prepare(struct engine *engine)
{
	const struct scan_units *units = &engine->plan->units;
	struct arena *arena = &engine->run->arena;

	for (size_t i = 0; i < units->n; i++)
		if (!context_for(engine, units->item[i].flags)) {
			struct context *context = list_add(arena, &engine->contexts);

			context->flags = units->item[i].flags;
			flags_argv(engine, context);
		}
	for (size_t i = 0; i < units->n; i++)
		engine->of[i] = context_for(engine, units->item[i].flags);
}

/* The line of the package's own files that includes a header. */
static void
find_include(struct run *run, const struct scan_unit *unit, const struct strings *own, const char *header, struct said *said)
{
	const char *line;
	struct blob text;
	size_t length;

	said->file = unit->file;
	said->line = said->column = 0;
	for (size_t i = 0; i <= own->n; i++) {
		const char *file = i ? own->item[i - 1] : unit->file;
		int number = 0;

		if (!world_read(run, file, 4 << 20, &text))
			continue;
		for (size_t at = 0; blob_line(&text, &at, &line, &length);) {
			number++;
			if (memmem(line, length, "include", 7) && memmem(line, length, header, strlen(header))) {
				said->file = file;
				said->line = number;
				return;
			}
		}
	}
}

/* A unit that reaches a header which is refused is refused for that; nothing need be parsed. */
static bool
take_broken(struct engine *engine, size_t i)
{
	const struct context *context = engine->of[i];
	struct run *run = engine->run;
	struct reading reading = { 0 };

	for (size_t k = 0; k < context->broken.said.n; k++) {
		struct said said = context->broken.said.item[k];
		const char *header = said.line > 0 && (size_t)said.line <= context->headers.n
				     ? context->headers.item[said.line - 1] : NULL;

		if (!header || !strings_has(&engine->others[i], header))
			continue;
		find_include(run, &engine->plan->units.item[i], &engine->own[i], header, &said);
		*list_add(&run->arena, &reading.said) = said;
	}
	if (!reading.said.n)
		return false;
	engine->readings[i] = arena_alloc(&run->arena, sizeof(reading));
	*engine->readings[i] = reading;
	return true;
}

static bool
is_special(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static const char *
special_in(struct run *run, const struct strings *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		if (is_special(run, paths->item[i]))
			return paths->item[i];
	return NULL;
}

/* A FIFO, a device that the unit includes: libclang would wait for it, or read it without end. */
static const char *
special_file(struct engine *engine, size_t i)
{
	const struct scan_unit *unit = &engine->plan->units.item[i];
	const struct scan_flags *flags = unit->flags;
	const struct strings *const lists[] = { &engine->own[i], &flags->forced, &flags->macros }, own = {
		(const char *[]){ path_parent(&engine->run->arena, unit->file) }, 1 };
	const struct strings *const dirs[] = { &own, &flags->include_dirs, &flags->system_dirs };
	struct run *run = engine->run;
	const char *found = NULL;

	for (size_t k = 0; k < 3 && !found; k++)
		found = special_in(run, lists[k]);
	for (size_t k = 0; k < engine->others[i].n && !found; k++)
		for (size_t d = 0; d < 3 && !found; d++)
			for (size_t n = 0; n < dirs[d]->n && !found; n++) {
				const char *name = engine->others[i].item[k];
				const char *path = name[0] == '/' ? name : path_join(&run->arena, dirs[d]->item[n], name);

				found = is_special(run, path) ? name : NULL;
			}
	return found ? str_format(&run->arena, "it includes %s, which is no regular file", path_name(found)) : NULL;
}

static bool
wants_pch(const struct engine *engine, size_t i)
{
	const struct context *context = engine->of[i];

	for (size_t k = 0; context->pch && k < context->headers.n; k++)
		if (strings_has(&engine->others[i], context->headers.item[k]))
			return true;
	return false;
}

static const char *
how_it_ended(struct run *run, const struct engine *engine, const struct outcome *outcome)
{
	if (outcome->timed_out || outcome->status == 128 + SIGXCPU)
		return str_format(&run->arena, "libclang took longer than %d s", engine->seconds);
	if (outcome->status == PARSE_WAITS)
		return "it includes something that gives libclang nothing to read, a FIFO or a device";
	if (outcome->err.size && strstr(outcome->err.data, "out of memory"))
		return "libclang needs more than 1 GB for it";
	if (outcome->status > 128)
		return str_format(&run->arena, "libclang crashed (%s)", strsignal(outcome->status - 128));
	return "libclang gave up";
}

struct program
engine_child(const struct engine *engine, struct parse *parse)
{
	/* Not where cuenv was started: what has no path must not be found there. */
	return (struct program){ .work = parse_work, .context = parse, .memory = MEMORY, .cpu = engine->seconds,
				 .seconds = 4 * engine->seconds + 20, .directory = engine->dir };
}

/*
 * Device functions that nvcc has no more are clang's own, which it declares for every CUDA. What the text says of them is
 * kept as if clang had said it.
 */
static void
add_intrinsics(struct engine *engine, size_t i, struct blob *records)
{
	struct scan_result text = { .unit = &engine->plan->units.item[i] };
	struct run *run = engine->run;

	if (!text.unit->flags->cuda)
		return;
	scan_text(run, engine->plan, &text);
	for (size_t k = 0; k < text.hits.n; k++) {
		const struct scan_hit *hit = &text.hits.item[k];

		if (hit->sure && hit->name && str_starts(hit->name, "__") && strcmp(hit->of, "CUDA") == 0) {
			struct blob all = { 0 };
			const char *const fields[] = { "0", hit->file, str_format(&run->arena, "%d", hit->line),
				str_format(&run->arena, "%d", hit->column),
				str_format(&run->arena, "use of undeclared identifier '%s'", hit->name), "", "" };

			record_add(run, &all, "said", fields, 7);
			all.data = memcpy(arena_alloc(&run->arena, all.size + records->size + 1), all.data, all.size);
			memcpy(all.data + all.size, records->data, records->size);
			all.size += records->size;
			*records = all;
		}
	}
}

struct todo { struct engine *engine; size_t known; };

static void
tell(struct run *run, size_t ended, void *context)
{
	const struct todo *todo = context;

	if (todo->engine->wish->progress)
		todo->engine->wish->progress(run, todo->known + ended, todo->engine->plan->units.n);
}

/* What became of a unit. Where libclang choked with a precompiled header, nothing yet: it is read once more without. */
static void
take(struct engine *engine, size_t i, const struct parse *parse, struct outcome *outcome)
{
	struct reading *reading = arena_alloc(&engine->run->arena, sizeof(*reading));

	if (outcome->status == 0)
		add_intrinsics(engine, i, &outcome->out);
	if (outcome->status == 0 && record_read(engine->run, &outcome->out, reading)) {
		engine->readings[i] = reading;
		engine->raw[i] = outcome->out;
	} else if (!parse->pch_in || outcome->timed_out || outcome->status == 128 + SIGXCPU || outcome->status == PARSE_WAITS) {
		engine->results->item[i].why = how_it_ended(engine->run, engine, outcome);
	}
}

static bool
parse_round(struct engine *engine, bool with_pch)
{
	size_t n = 0, all = engine->plan->units.n;
	struct arena *arena = &engine->run->arena;
	struct program *programs = arena_alloc(arena, all * sizeof(*programs));
	struct parse *parses = arena_alloc(arena, all * sizeof(*parses));
	struct outcome *outcomes = arena_alloc(arena, all * sizeof(*outcomes));
	size_t *unit = arena_alloc(arena, all * sizeof(*unit));
	struct todo todo = { engine, 0 };

	for (size_t i = 0; i < all; i++) {
		if (engine->readings[i] || engine->results->item[i].why || take_broken(engine, i))
			continue;
		parses[n] = (struct parse){ engine, engine->of[i], engine->plan->units.item[i].file,
					    with_pch && wants_pch(engine, i) ? engine->of[i]->pch : NULL, NULL };
		programs[n] = engine_child(engine, &parses[n]);
		unit[n++] = i;
	}
	todo.known = all - n;
	if (n && !program_queue(engine->run, programs, n, engine->jobs, tell, &todo, outcomes))
		return false;
	for (size_t k = 0; k < n; k++)
		take(engine, unit[k], &parses[k], &outcomes[k]);
	return true;
}

static bool
read_all(struct run *run, const char *dir, void *data)
{
	struct engine *engine = data;
	bool all = true;

	engine->dir = dir;
	flags_headers(engine);
	prepare(engine);
	readings_find(engine);
	for (size_t i = 0; i < engine->plan->units.n; i++)
		if (!engine->readings[i] && !engine->results->item[i].why) {
			scan_text_closure(run, engine->plan, &engine->plan->units.item[i], &engine->own[i], &engine->others[i]);
			engine->results->item[i].why = special_file(engine, i);
			engine->results->item[i].special = engine->results->item[i].why;
			all = false;
		}
	if (!all && (!pch_prepare(engine) || !parse_round(engine, true) || !parse_round(engine, false)))
		return false;
	readings_keep(engine);
	return true;
}

/* What is no regular file is named, and never opened. */
static void
look_at_files(struct run *run, const struct scan_plan *plan, struct scan_results *results)
{
	for (size_t i = 0; i < plan->units.n; i++) {
		struct scan_result *result = list_add(&run->arena, results);
		struct stat st;

		result->unit = &plan->units.item[i];
		result->how = SCAN_NOT_READ;
		if (!world_stat(run, result->unit->file, &st))
			result->why = "it is not there";
		else if (!S_ISREG(st.st_mode))
			result->why = "it is no regular file", result->special = true;
	}
}

static void
by_text(struct run *run, const struct scan_plan *plan, const struct scan_wish *wish, const char *why,
	struct scan_results *results)
{
	for (size_t i = 0; i < results->n; i++) {
		struct scan_result *result = &results->item[i];

		if (!result->why) {
			scan_text(run, plan, result);
			result->how = SCAN_BY_TEXT;
			result->why = why;
		}
		if (wish->progress)
			wish->progress(run, i + 1, results->n);
	}
}

static void
judge_all(struct engine *engine)
{
	for (size_t i = 0; i < engine->results->n; i++) {
		struct scan_result *result = &engine->results->item[i];

		if (!engine->readings[i])
			continue;
		result->how = SCAN_BY_CLANG;
		judge_reading(engine->run, engine->plan, engine->of[i], engine->readings[i], &result->hits);
	}
}

static bool
by_clang(struct run *run, const struct scan_plan *plan, const struct scan_wish *wish, const struct clang *clang,
	 struct scan_results *results)
{
	size_t n = plan->units.n;
	struct engine engine = { .run = run, .plan = plan, .wish = wish, .clang = clang, .results = results,
				 .seconds = wish->seconds ? wish->seconds : SECONDS,
				 .jobs = (size_t)(wish->jobs ? wish->jobs : memory_cores()) };
	const char *dir = remember_dir(run, "scan"), *why;

	engine.of = arena_alloc(&run->arena, n * sizeof(*engine.of));
	engine.own = arena_alloc(&run->arena, n * sizeof(*engine.own));
	engine.others = arena_alloc(&run->arena, n * sizeof(*engine.others));
	engine.readings = arena_alloc(&run->arena, n * sizeof(*engine.readings));
	engine.raw = arena_alloc(&run->arena, n * sizeof(*engine.raw));
	if (dir && trust_path(run, dir, &why) && world_write(run, path_join(&run->arena, dir, "written"), "", 0)) {
		if (!read_all(run, dir, &engine))
			return false;
	} else if (!scratch_with(run, NULL, read_all, &engine)) {
		return false;
	}
	judge_all(&engine);
	return true;
}

bool
scan_units(struct run *run, const struct scan_plan *plan, const struct scan_wish *wish, struct scan_results *out,
	   const char **clang)
{
	struct scan_results results = { 0 };
	struct scan_plan read_once = *plan;
	struct clang library;
	const char *why = NULL;
	bool text = wish->text_only || !clang_try(run, &library, &why);

	if (run->error)
		return false;
	if (!read_once.texts)
		read_once.texts = scan_texts(run);
	look_at_files(run, plan, &results);
	if (text)
		by_text(run, &read_once, wish, why, &results);
	else if (!by_clang(run, &read_once, wish, &library, &results))
		return false;
	*clang = !text ? str_format(&run->arena, "libclang %s, %s", library.version, library.path) : why ? why : "as asked: --text";
	*out = results;
	return true;
}
