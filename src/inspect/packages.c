/*
 * The packages of a Python, by the names of what pip and others leave beside them: NAME-VERSION.dist-info,
 * NAME-VERSION.egg-info, NAME-VERSION-py3.11.egg-info. A folder that comes first on sys.path hides later ones.
 */
#include <ctype.h>
#include <string.h>

#include "base/index.h"
#include "base/package.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static bool
split(struct run *run, const char *info, struct package *out)
{
	bool dist = str_ends(info, ".dist-info"), egg = str_ends(info, ".egg-info");
	const char *end = info + strlen(info) - (dist ? strlen(".dist-info") : strlen(".egg-info")), *at;

	if (!dist && !egg)
		return false;
	for (at = info; at < end && !(at[0] == '-' && isdigit((unsigned char)at[1])); at++)
		;
	if (at == info || at >= end)
		return false;
	out->name = str_copy(&run->arena, info, (size_t)(at - info));
	at++;
	out->version = str_copy(&run->arena, at, strcspn(at, "-") < (size_t)(end - at) ? strcspn(at, "-") : (size_t)(end - at));
	return true;
}

void
inspect_packages(struct run *run, const struct python *python, struct packages *out)
{
	struct index known = { 0 };

	for (size_t i = 0; i < python->site_dirs.n; i++) {
		const char *site = python->site_dirs.item[i];
		struct strings names = { 0 };
		size_t before = out->n;

		world_list(run, site, &names);
		for (size_t j = 0; j < names.n; j++) {
			struct package package = { .info = path_join(&run->arena, site, names.item[j]) };
			if (!split(run, names.item[j], &package))
				continue;
			if (index_put(&run->arena, &known, package_plain(run, package.name), out->n) >= before)
				*list_add(&run->arena, out) = package;
		}
	}
}
