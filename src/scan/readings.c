/*
 * What was read of each file, one cache file for all units with the same flags. A reading holds as long as the unit, the
 * package's files that it includes, and the headers that were nowhere are as they were; all else is in the context's key.
 */
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/path.h"
#include "base/remember.h"
#include "base/trust.h"
#include "base/world.h"
#include "scan/engine.h"

#define LARGEST ((size_t)16 << 20)	/* a file beyond this is read anew */
#define CACHE ((size_t)64 << 20)

/* A file's content as a word, looked at once a run. */
struct contents { struct index index; struct strings hash; };

static const char *
content_of(struct run *run, struct contents *known, const char *path)
{
	struct hash hash = HASH_START;
	size_t at = index_find(&known->index, path);
	struct blob text;
	struct stat st;

	if (at < known->hash.n)
		return known->hash.item[at];
	index_put(&run->arena, &known->index, path, known->hash.n);
	if (!world_stat(run, path, &st) || (size_t)st.st_size > LARGEST || !world_read(run, path, LARGEST, &text)) {
		strings_add(&run->arena, &known->hash, NULL);
		return NULL;
	}
	hash_add(&hash, text.data, text.size);
	strings_add(&run->arena, &known->hash, hash_name(run, &hash));
	return known->hash.item[known->hash.n - 1];
}

/* What a reading of a unit rests on, as a word; NULL: it cannot be told. */
static const char *
rests_on(struct engine *engine, const struct context *context, const char *file, const struct reading *reading,
	 struct contents *known)
{
	struct run *run = engine->run;
	struct hash hash = HASH_START;
	const char *content = content_of(run, known, file);

	if (!content)
		return NULL;
	hash_text(&hash, content);
	for (size_t i = 0; i < reading->own.n; i++)
		hash_text(&hash, content_of(run, known, reading->own.item[i]));
	for (size_t i = 0; i < reading->said.n; i++) {
		struct judged j = judge_words(run, reading->said.item[i].text);
		const struct said *said = &reading->said.item[i];

		if (strcmp(j.row->code, "CE314") == 0)
			hash_text(&hash, judge_lookup(run, context, *said->from ? said->from : said->file, j.name));
	}
	return hash_name(run, &hash);
}

static const char *
path_of(struct engine *engine, const struct context *context)
{
	struct hash hash = HASH_START;

	hash_add(&hash, (const char *)&context->key, sizeof(context->key));
	hash_text(&hash, remember_identity(engine->run, "/proc/self/exe"));
	return str_format(&engine->run->arena, "%s/%s.read", engine->dir, hash_name(engine->run, &hash));
}

static void
take(struct engine *engine, const struct context *context, const char *file, const char *word, const struct blob *text,
     struct contents *known)
{
	struct run *run = engine->run;

	for (size_t i = 0; i < engine->plan->units.n; i++) {
		struct reading *reading;
		const char *now;

		if (engine->of[i] != context || engine->readings[i] || strcmp(engine->plan->units.item[i].file, file) != 0)
			continue;
		reading = arena_alloc(&run->arena, sizeof(*reading));
		if (!record_read(run, text, reading))
			return;
		now = rests_on(engine, context, file, reading, known);
		if (now && strcmp(now, word) == 0) {
			engine->readings[i] = reading;
			engine->raw[i] = *text;
			engine->results->item[i].cached = true;
		}
	}
}

/* A file is a run of: unit's file, word, number of bytes, the records. */
static void
read_cache(struct engine *engine, const struct context *context, struct contents *known)
{
	struct blob all;
	size_t at = 0;

	if (!trust_read(engine->run, "scan", path_of(engine, context), CACHE, &all))
		return;
	while (at < all.size) {
		const char *field[3];
		struct blob records;

		for (int i = 0; i < 3; i++) {
			const char *end = memchr(all.data + at, '\0', all.size - at);

			if (!end)
				return;
			field[i] = all.data + at;
			at = (size_t)(end - all.data) + 1;
		}
		records = (struct blob){ all.data + at, strtoul(field[2], NULL, 10) };
		if (records.size > all.size - at)
			return;
		take(engine, context, field[0], field[1], &records, known);
		at += records.size;
	}
}

void
readings_find(struct engine *engine)
{
	struct contents known = { 0 };

	for (size_t i = 0; i < engine->contexts.n; i++)
		read_cache(engine, &engine->contexts.item[i], &known);
}

static void
append(struct run *run, struct blob *to, size_t *room, const char *data, size_t size)
{
	if (to->size + size > *room) {
		char *moved = arena_alloc(&run->arena, *room = 2 * (to->size + size));

		if (to->size)
			memcpy(moved, to->data, to->size);
		to->data = moved;
	}
	memcpy(to->data + to->size, data, size);
	to->size += size;
}

static void
write_cache(struct engine *engine, const struct context *context, struct contents *known)
{
	struct run *run = engine->run;
	struct blob all = { 0 };
	size_t room = 0, fresh = 0;

	for (size_t i = 0; i < engine->plan->units.n; i++) {
		const char *file = engine->plan->units.item[i].file, *word, *size;

		if (engine->of[i] != context || !engine->readings[i] || !engine->raw[i].size)
			continue;
		word = rests_on(engine, context, file, engine->readings[i], known);
		if (!word)
			continue;
		size = str_format(&run->arena, "%zu", engine->raw[i].size);
		append(run, &all, &room, file, strlen(file) + 1);
		append(run, &all, &room, word, strlen(word) + 1);
		append(run, &all, &room, size, strlen(size) + 1);
		append(run, &all, &room, engine->raw[i].data, engine->raw[i].size);
		fresh += !engine->results->item[i].cached;
	}
	if (fresh)
		world_write(run, path_of(engine, context), all.data, all.size);	/* one that cannot be written is no news */
}

void
readings_keep(struct engine *engine)
{
	struct contents known = { 0 };

	for (size_t i = 0; i < engine->contexts.n; i++)
		write_cache(engine, &engine->contexts.item[i], &known);
}
