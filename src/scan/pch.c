/*
 * One precompiled header for all units with the same flags: of the headers of torch and CUDA that most of those that reach
 * torch include. It holds names that some unit does not include itself, which hides such a unit's missing #include and
 * no more; bodies of functions are left out, which halves its time and memory. Kept in the user's cache folder: NAME.h, which libclang wants to see unchanged, NAME.pch, and NAME.said, what clang
 * said of the headers. Where the headers themselves are refused, there is no NAME.pch.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/remember.h"
#include "base/scratch.h"
#include "base/trust.h"
#include "base/world.h"
#include "scan/engine.h"

#define KEPT 6			/* precompiled headers, of 130 MB each */

static bool
is_shared(const char *header)
{
	static const char *const starts[] = { "torch/", "ATen/", "c10/", "THC/", "pybind11/", "cuda_runtime", "cub/",
					      "thrust/" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (str_starts(header, starts[i]))
			return true;
	return false;
}

static bool
reaches_torch(const struct strings *others)
{
	for (size_t i = 0; i < others->n; i++)
		if (str_starts(others->item[i], "torch/") || str_starts(others->item[i], "ATen/") ||
		    str_starts(others->item[i], "c10/"))
			return true;
	return false;
}

static size_t
count(const struct engine *engine, const struct context *context, const char *header)
{
	size_t n = 0;

	for (size_t i = 0; i < engine->plan->units.n; i++)
		n += engine->of[i] == context && reaches_torch(&engine->others[i]) &&
		     (!header || strings_has(&engine->others[i], header));
	return n;
}

/* Those that a third of the units that reach torch include, and that are there. */
static void
choose_headers(struct engine *engine, struct context *context)
{
	size_t all = count(engine, context, NULL);

	for (size_t i = 0; i < engine->plan->units.n; i++)
		for (size_t k = 0; engine->of[i] == context && k < engine->others[i].n; k++) {
			const char *header = engine->others[i].item[k];

			if (is_shared(header) && !strings_has(&context->headers, header) &&
			    3 * count(engine, context, header) >= all && judge_lookup(engine->run, context, "/", header))
				strings_add(&engine->run->arena, &context->headers, header);
		}
}

static const char *
path_of(struct engine *engine, const struct context *context, const char *suffix)
{
	struct hash hash = HASH_START;

	hash_add(&hash, (const char *)&context->key, sizeof(context->key));
	for (size_t i = 0; i < context->headers.n; i++)
		hash_text(&hash, context->headers.item[i]);
	return str_format(&engine->run->arena, "%s/%s%s", engine->dir, hash_name(engine->run, &hash), suffix);
}

/* Whether the headers themselves would stop a build; then each unit that reaches them has that cause. */
static bool
take_refusal(struct engine *engine, struct context *context, const struct reading *reading)
{
	struct run *run = engine->run;

	for (size_t i = 0; i < reading->said.n; i++) {
		struct reading one = { 0 };
		struct scan_hits hits = { 0 };

		*list_add(&run->arena, &one.said) = reading->said.item[i];
		judge_reading(run, engine->plan, context, &one, &hits);
		if (hits.n && hits.item[0].sure)
			*list_add(&run->arena, &context->broken.said) = reading->said.item[i];
	}
	return context->broken.said.n;
}

/* Whether what is kept serves. */
static bool
take_kept(struct engine *engine, struct context *context)
{
	const char *pch = path_of(engine, context, ".pch"), *why;
	struct reading reading = { 0 };
	struct blob said;

	if (!trust_read(engine->run, "scan", path_of(engine, context, ".said"), 4 << 20, &said) ||
	    !record_read(engine->run, &said, &reading))
		return false;
	if (take_refusal(engine, context, &reading))
		return true;
	if (!world_is_file(engine->run, pch) || !trust_path(engine->run, pch, &why))
		return false;
	context->pch = pch;
	remember_used(pch);
	return true;
}

static bool
write_source(struct engine *engine, const struct context *context)
{
	struct strings lines = { 0 };
	const char *text;

	for (size_t i = 0; i < context->headers.n; i++)
		strings_add(&engine->run->arena, &lines,
			    str_format(&engine->run->arena, "#include <%s>\n", context->headers.item[i]));
	text = strings_join(&engine->run->arena, &lines, "");
	return world_write(engine->run, path_of(engine, context, ".h"), text, strlen(text));
}

/* What a child has made: kept whole or not at all. */
static void
take_made(struct engine *engine, struct context *context, const struct parse *parse, const struct outcome *outcome)
{
	const char *pch = path_of(engine, context, ".pch");
	struct reading reading = { 0 };
	bool whole = record_read(engine->run, &outcome->out, &reading), refused = take_refusal(engine, context, &reading);

	if (outcome->status == 0 && !refused && rename(parse->pch_out, pch) == 0)
		context->pch = pch;
	else
		unlink(parse->pch_out);
	if (whole)
		world_write(engine->run, path_of(engine, context, ".said"), outcome->out.data, outcome->out.size);
}

/* What is to be made, in one go. */
struct making {
	struct engine *engine;
	struct context **contexts;
	struct parse *parses;
	struct program *programs;
	size_t n;
};

/* In a folder of their own beside those that are kept, for clang leaves parts where it is killed. */
static bool
make_all(struct run *run, const char *dir, void *context)
{
	struct making *making = context;
	struct outcome *outcomes = arena_alloc(&run->arena, making->n * sizeof(*outcomes));

	for (size_t i = 0; i < making->n; i++)
		making->parses[i].pch_out = str_format(&run->arena, "%s/%zu.pch", dir, i);
	if (!program_queue(run, making->programs, making->n, making->engine->jobs, NULL, NULL, outcomes))
		return false;
	for (size_t i = 0; i < making->n; i++)
		take_made(making->engine, making->contexts[i], &making->parses[i], &outcomes[i]);
	return true;
}

bool
pch_prepare(struct engine *engine)
{
	size_t all = engine->contexts.n;
	struct run *run = engine->run;
	struct making making = { engine, arena_alloc(&run->arena, all * sizeof(struct context *)),
				 arena_alloc(&run->arena, all * sizeof(struct parse)),
				 arena_alloc(&run->arena, all * sizeof(struct program)), 0 };

	for (size_t i = 0; i < all; i++) {
		struct context *context = &engine->contexts.item[i];

		choose_headers(engine, context);
		if (!context->headers.n || take_kept(engine, context) || !write_source(engine, context))
			continue;
		making.parses[making.n] = (struct parse){ engine, context, path_of(engine, context, ".h"), NULL, NULL };
		making.programs[making.n] = engine_child(engine, &making.parses[making.n]);
		making.contexts[making.n++] = context;
	}
	if (making.n && !scratch_in(run, engine->dir, make_all, &making))
		return false;
	remember_prune(run, engine->dir, ".pch", KEPT);
	remember_prune(run, engine->dir, ".h", 10 * KEPT);
	remember_prune(run, engine->dir, ".said", 10 * KEPT);
	remember_prune(run, engine->dir, ".read", 10 * KEPT);
	return true;
}
