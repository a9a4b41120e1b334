/*
 * Prebuilt wheels of mmcv and mmcv-full: the project's own index has a folder for each CUDA and torch minor, and pip builds
 * from source, for long and without a word, where none fits. Which wheels the folders hold is from the selector of
 * mmcv's documentation (data/mmcv.json); it does not tell for which Pythons.
 */
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "check/build.h"
#include "check/say.h"
#include "know/acquire.h"

#define NEAREST 3

static int
place(const struct cJSON *order, const char *version)
{
	int at = 0;

	for (struct cJSON *row = json_child(order); row; row = json_next(row), at++)
		if (str_same(json_text(row), version))
			return at;
	return -1;
}

/* Whether a row's list, "2.1.0..2.2.0" among others, has the version; any will do where none was named. */
static bool
offers(struct run *run, const struct cJSON *row, const struct cJSON *order, const char *version)
{
	int wanted = version ? place(order, version) : -1;

	if (!version)
		return true;
	for (struct cJSON *at = json_child(json_get(row, "mmcv")); at && wanted >= 0; at = json_next(at)) {
		const char *text = json_text(at), *dots = text ? strstr(text, "..") : NULL;

		if (!text)
			continue;
		if (!dots ? str_same(text, version)
			  : wanted >= place(order, str_copy(&run->arena, text, (size_t)(dots - text))) &&
			    wanted <= place(order, dots + 2))
			return true;
	}
	return false;
}

/* torch minors in one row: 1.13 and 2.0 are neighbours. */
static int
minor(const struct version *v)
{
	return v->part[0] == 1 ? v->part[1] : 14 * (v->part[0] - 1) + v->part[1];
}

struct offer { const char *text; int away; };

/* Keeps the nearest ones, in order; the table's own, newest first, among equals. */
static void
keep(struct offer *offers_kept, const char *text, int away)
{
	for (int i = 0; i < NEAREST; i++)
		if (!offers_kept[i].text || away < offers_kept[i].away) {
			memmove(offers_kept + i + 1, offers_kept + i, (size_t)(NEAREST - i - 1) * sizeof(*offers_kept));
			offers_kept[i] = (struct offer){ text, away };
			return;
		}
}

static const char *
nearest(struct run *run, const struct offer *kept)
{
	struct strings words = { 0 };

	for (int i = 0; i < NEAREST && kept[i].text; i++)
		strings_add(&run->arena, &words, kept[i].text);
	return words.n ? str_format(&run->arena, "nearest pairs that have one: %s", strings_join(&run->arena, &words, ", "))
		       : "none for any other CUDA and torch either";
}

static void
none(struct run *run, struct build *build, const char *package, const char *wanted,
     const struct offer *kept, const char *source)
{
	fact_add(run, &build->facts, "wheel", str_format(&run->arena, "none for %s; %s", wanted, nearest(run, kept)));
	say(run, &build->findings, "CE807", SEVERITY_NOTE,
	    str_format(&run->arena, "no wheel of %s is offered for %s: pip builds it from source, which takes long",
		       package, wanted),
	    NULL, str_format(&run->arena, "%s: %s", source, nearest(run, kept)), NULL);
}

void
build_wheels(struct run *run, struct build *build)
{
	const struct torch *torch = build->machine->torch;
	struct cJSON *table = build->profile->index ? data_table(run, "mmcv") : NULL;
	struct cJSON *part = json_get(table, build->profile->index ? build->profile->index : ""), *row;
	struct offer kept[NEAREST + 1] = { { 0 } };
	struct version version = { 0 };
	const char *cu, *wanted, *package;

	if (!part || !torch || !torch->version || !version_parse(torch->version, &version, NULL) || version.n < 2)
		return;
	version.n = 2;
	package = str_format(&run->arena, "%s%s%s", build->profile->name, build->profile->version ? "==" : "",
			     build->profile->version ? build->profile->version : "");
	cu = torch->cuda.n ? str_format(&run->arena, "cu%d%d", torch->cuda.part[0], torch->cuda.part[1]) : "cpu";
	wanted = str_format(&run->arena, "%s, torch %s, %s", cu, version_text(&run->arena, &version, 2),
			    build->machine->python->tag ? build->machine->python->tag : "this Python");
	for (row = json_child(json_get(json_get(part, "index"), "Linux")); row; row = json_next(row)) {
		struct version has = data_version(row, "torch");
		const char *dir = json_get_text(row, "dir"), *for_cu = json_get_text(row, "cu");
		int away = abs(minor(&has) - minor(&version));

		if (!dir || !for_cu || !offers(run, row, json_get(table, "release_order"), build->profile->version))
			continue;
		if (away == 0 && str_same(for_cu, cu)) {
			fact_add(run, &build->facts, "wheel", str_format(&run->arena,
				 "offered for %s; whether for %s too, its list tells: %s", dir,
				 build->machine->python->tag ? build->machine->python->tag : "this Python",
				 acquired_text(acquire_packages(run, build->machine->python, torch,
					 str_format(&run->arena, "%s -f https://download.openmmlab.com/mmcv/dist/%s/index.html",
						    str_quote(&run->arena, package), dir)))));
			return;
		}
		if (strcmp(for_cu, "cpu"))
			keep(kept, dir, away);
	}
	none(run, build, package, wanted, kept, json_get_text(part, "source"));
}
