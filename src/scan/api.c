/* The names of data/apis.json. They are put in order once for each run: what reads sources asks for every word of them. */
#include "scan/scan.h"

#include <string.h>

#include "base/data.h"
#include "base/str.h"

#define BUCKETS 32768

struct row { struct api api; struct row *next; };

/* The one state of this folder: the table as it is for the run that asked last. */
static struct {
	const struct run *run;
	char *const *environ;
	struct row **buckets;
} facts;

static size_t
bucket(const char *of, const char *name)
{
	unsigned hash = (unsigned char)of[0];

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return (hash ^ hash >> 15) % BUCKETS;
}

/* The first row of a name counts: those written by hand. */
static void
add(struct run *run, const struct api *api)
{
	struct row **at = &facts.buckets[bucket(api->of, api->name)], *row;

	for (row = *at; row; row = row->next)
		if (strcmp(row->api.name, api->name) == 0 && strcmp(row->api.of, api->of) == 0)
			return;
	row = arena_alloc(&run->arena, sizeof(*row));
	row->api = *api;
	row->next = *at;
	*at = row;
}

static void
read_row(struct run *run, const struct cJSON *row)
{
	struct api api = { .name = json_get_text(row, "name"), .of = json_get_text(row, "of"), .kind = json_get_text(row, "kind"),
			   .since = data_version(row, "since"), .until = data_version(row, "until"),
			   .lacked = data_version(row, "lacked"), .had = data_version(row, "had"),
			   .instead = json_get_text(row, "instead"), .source = json_get_text(row, "source") };

	if (api.name && api.of && api.kind)
		add(run, &api);
}

/* Names between blanks, all with the same releases. */
static void
read_names(struct run *run, struct api *api, const char *line)
{
	while (*(line += strspn(line, " "))) {
		size_t length = strcspn(line, " ");

		api->name = str_copy(&run->arena, line, length);
		add(run, api);
		line += length;
	}
}

/* The release of a list that stands beside another one: before -1, behind 1. */
static struct version
neighbour(const struct cJSON *releases, const char *name, int step)
{
	struct version out = { 0 };
	int n = json_count(releases);

	for (int i = 0; name && i < n; i++)
		if (str_same(json_text(json_at(releases, i)), name) && i + step >= 0 && i + step < n)
			version_parse(json_text(json_at(releases, i + step)), &out, NULL);
	return out;
}

/* Names that the headers of one unbroken run of releases have, and the others do not. */
static void
read_group(struct run *run, const char *of, const struct cJSON *releases, const struct cJSON *group)
{
	static const struct { const char *key, *kind; } kinds[] = { { "headers", "header" }, { "macros", "macro" },
		{ "functions", "function" }, { "types", "type" }, { "members", "member" } };
	struct api api = { .of = of, .since = data_version(group, "first"), .had = data_version(group, "last"),
			   .lacked = neighbour(releases, json_get_text(group, "first"), -1),
			   .until = neighbour(releases, json_get_text(group, "last"), 1), .source = "the headers" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		api.kind = kinds[i].kind;
		for (struct cJSON *line = json_child(json_get(group, kinds[i].key)); line; line = json_next(line))
			read_names(run, &api, json_text(line) ? json_text(line) : "");
	}
}

static void
load(struct run *run)
{
	static const char *const parts[] = { "CUDA", "torch" };
	struct cJSON *table = data_table(run, "apis");

	facts.run = run;
	facts.environ = run->environ;
	facts.buckets = arena_alloc(&run->arena, BUCKETS * sizeof(*facts.buckets));
	for (struct cJSON *row = json_child(json_get(table, "rows")); row; row = json_next(row))
		read_row(run, row);
	for (size_t i = 0; i < 2; i++) {
		const struct cJSON *part = json_get(table, parts[i]), *releases = json_get(part, "releases");

		for (struct cJSON *group = json_child(json_get(part, "groups")); group; group = json_next(group))
			read_group(run, parts[i], releases, group);
	}
}

static bool
find(const char *of, const char *name, struct api *out)
{
	for (const struct row *row = facts.buckets[bucket(of, name)]; row; row = row->next)
		if (strcmp(row->api.name, name) == 0 && strcmp(row->api.of, of) == 0) {
			*out = row->api;
			return true;
		}
	return false;
}

bool
api_find(struct run *run, const char *of, const char *name, struct api *out)
{
	static const char *const spaces[] = { "at::", "c10::", "torch::" };

	if (facts.run != run || facts.environ != run->environ)
		load(run);
	if (find(of, name, out))
		return true;
	/* at has all of c10, and torch all of at. */
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; str_starts(name, spaces[i]) && k < 3; k++)
			if (find(of, str_format(&run->arena, "%s%s", spaces[k], name + strlen(spaces[i])), out))
				return true;
	return false;
}

/* By major.minor: patches neither add nor remove names. */
static int
compare(const struct version *a, const struct version *b)
{
	return a->part[0] != b->part[0] ? (a->part[0] > b->part[0] ? 1 : -1) :
	       a->part[1] != b->part[1] ? (a->part[1] > b->part[1] ? 1 : -1) : 0;
}

int
api_has(const struct api *api, const struct version *release)
{
	if (!release->n)
		return -1;
	if (api->since.n && compare(release, &api->since) < 0)
		return api->lacked.n && compare(release, &api->lacked) > 0 ? -1 : 0;
	if (api->until.n && api->had.n && compare(release, &api->had) > 0 && compare(release, &api->until) < 0)
		return -1;
	return !api->until.n || compare(release, &api->until) < 0;
}

const char *
api_says(struct run *run, const struct api *api, const struct version *release)
{
	struct arena *arena = &run->arena;
	bool before = api->since.n && (!api->until.n || (release->n && compare(release, &api->since) < 0));
	const char *at = version_text(arena, before ? &api->since : &api->until, 0);

	if (before && api->lacked.n)
		return str_format(arena, "%s is in %s %s, and not yet in %s", api->name, api->of, at,
				  version_text(arena, &api->lacked, 0));
	if (before)
		return str_format(arena, "%s came with %s %s", api->name, api->of, at);
	if (api->had.n)
		return str_format(arena, "%s is in %s %s, and no more in %s", api->name, api->of,
				  version_text(arena, &api->had, 0), at);
	return str_format(arena, "%s left %s in %s", api->name, api->of, at);
}
