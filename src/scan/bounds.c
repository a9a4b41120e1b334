/* Which releases of torch and CUDA would still take what is here, as far as the facts on names reach. */
#include "scan/report.h"

#include <string.h>

#include "base/str.h"

static bool
is_newer(const struct version *a, const struct version *b)
{
	return a->n && (!b->n || version_compare(a, b) > 0);
}

void
scan_bounds(struct run *run, const struct scan_report *report, struct scan_bounds *out)
{
	*out = (struct scan_bounds){ 0 };
	for (size_t i = 0; i < report->causes.n; i++) {
		const struct scan_hit *hit = report->causes.item[i].hit;
		struct scan_bound *bound = hit->of && strcmp(hit->of, "CUDA") == 0 ? &out->cuda : &out->torch;
		struct api api;

		if (!hit->sure)
			continue;
		if (!hit->name || !api_find(run, hit->of, hit->name, &api)) {
			out->others++;
			continue;
		}
		if (is_newer(&api.since, &bound->since))
			bound->since = api.since;
		if (api.until.n && (!bound->until.n || version_compare(&api.until, &bound->until) < 0)) {
			bound->until = api.until;
			bound->had = api.had;
		}
	}
}

bool
scan_bound_takes(const struct scan_bound *bound, const struct version *version)
{
	const struct version *last = bound->had.n ? &bound->had : NULL;

	if (bound->since.n && version_compare(version, &bound->since) < 0)
		return false;
	if (!bound->until.n)
		return true;
	return last ? version_compare(version, last) <= 0 || version_has_prefix(version, last)
		    : version_compare(version, &bound->until) < 0;
}

static const char *
bound_text(struct run *run, const char *what, const struct scan_bound *bound)
{
	const char *from = bound->since.n ? str_format(&run->arena, " ≥ %s", version_text(&run->arena, &bound->since, 0)) : "";
	const char *to = !bound->until.n ? "" : bound->had.n
		? str_format(&run->arena, " ≤ %s", version_text(&run->arena, &bound->had, 0))
		: str_format(&run->arena, " < %s", version_text(&run->arena, &bound->until, 0));

	if (!*from && !*to)
		return NULL;
	return str_format(&run->arena, "%s%s%s%s", what, from, *from && *to ? "," : "", to);
}

const char *
scan_bounds_text(struct run *run, const struct scan_bounds *bounds)
{
	const char *torch = bound_text(run, "torch", &bounds->torch), *cuda = bound_text(run, "CUDA", &bounds->cuda);

	if (!torch && !cuda)
		return NULL;
	return str_format(&run->arena, "%s%s%s%s", torch ? torch : "", torch && cuda ? " and " : "", cuda ? cuda : "",
			  bounds->others == 1 ? "; the other cause stays" : bounds->others
			  ? str_format(&run->arena, "; the other %zu causes stay", bounds->others) : "");
}
