/*
 * One precompiled header for all units with the same flags: of the headers of torch and CUDA that most of those that reach
 * torch include. It holds names that some unit does not include itself, which hides such a unit's missing #include and
 * no more; bodies of functions are left out, which halves its time and memory. Kept in the user's cache folder: NAME.h, which libclang wants to see unchanged, NAME.pch, and NAME.said, what clang
 * said of the headers. Where the headers themselves are refused, there is no NAME.pch.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/remember.h"
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
	const char *pch = path_of(engine, context, ".pch");
	struct reading reading = { 0 };
	struct blob said;

	if (!world_read(engine->run, path_of(engine, context, ".said"), 4 << 20, &said) ||
	    !record_read(engine->run, &said, &reading))
		return false;
	if (take_refusal(engine, context, &reading))
		return true;
	if (!world_is_file(engine->run, pch))
		return false;
	context->pch = pch;
	utimensat(AT_FDCWD, pch, NULL, 0);	/* used now: the last to be removed; no matter when that fails */
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

struct kept { const char *path; struct timespec used; };

static int
newest_first(const void *a, const void *b)
{
	const struct timespec *x = &((const struct kept *)a)->used, *y = &((const struct kept *)b)->used;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? 1 : -1;
	return x->tv_nsec < y->tv_nsec ? 1 : x->tv_nsec > y->tv_nsec ? -1 : 0;
}

/* Of the files that end so, only the newest stay: parts that a killed process left go at last too. */
static void
prune(struct engine *engine, const char *end, size_t kept)
{
	struct { struct kept *item; size_t n; } all = { 0 };
	struct strings names = { 0 };
	struct run *run = engine->run;
	struct stat st;

	world_list(run, engine->dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_join(&run->arena, engine->dir, names.item[i]);

		if (strstr(names.item[i], end) && world_stat(run, path, &st))
			*list_add(&run->arena, &all) = (struct kept){ path, st.st_mtim };
	}
	if (all.n > 1)
		qsort(all.item, all.n, sizeof(all.item[0]), newest_first);
	for (size_t i = kept; i < all.n; i++)
		unlink(all.item[i].path);
}

bool
pch_prepare(struct engine *engine)
{
	size_t n = 0, all = engine->contexts.n;
	struct run *run = engine->run;
	struct program *programs = arena_alloc(&run->arena, all * sizeof(*programs));
	struct parse *parses = arena_alloc(&run->arena, all * sizeof(*parses));
	struct outcome *outcomes = arena_alloc(&run->arena, all * sizeof(*outcomes));
	struct context **making = arena_alloc(&run->arena, all * sizeof(*making));

	for (size_t i = 0; i < all; i++) {
		struct context *context = &engine->contexts.item[i];

		choose_headers(engine, context);
		if (!context->headers.n || take_kept(engine, context) || !write_source(engine, context))
			continue;
		parses[n] = (struct parse){ engine, context, path_of(engine, context, ".h"), NULL,
					    path_of(engine, context, str_format(&run->arena, ".pch-%ld", (long)getpid())) };
		programs[n] = engine_child(engine, &parses[n]);
		making[n++] = context;
	}
	if (n && !program_queue(run, programs, n, engine->jobs, NULL, NULL, outcomes))
		return false;
	for (size_t i = 0; i < n; i++)
		take_made(engine, making[i], &parses[i], &outcomes[i]);
	prune(engine, ".pch", KEPT);
	prune(engine, ".h", 10 * KEPT);
	prune(engine, ".said", 10 * KEPT);
	prune(engine, ".read", 10 * KEPT);
	return true;
}
