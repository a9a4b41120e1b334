/* The command that goes on from what a scan has found. */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "check/say.h"
#include "cli/scan.h"

/* The same command line, with one option more, or with another value for it. */
static const char *
again(struct run *run, const struct request *request, const char *name, const char *value)
{
	struct strings words = { 0 };

	strings_add(&run->arena, &words, "cuenv scan");
	for (size_t i = 0; i < request->arguments.n; i++)
		strings_add(&run->arena, &words, str_quote(&run->arena, request->arguments.item[i]));
	for (size_t i = 0; i < request->given.n; i++) {
		if (str_same(request->given.item[i], name) || str_same(request->given.item[i], "json"))
			continue;
		strings_add(&run->arena, &words, str_format(&run->arena, "--%s", request->given.item[i]));
		if (request->values.item[i][0])
			strings_add(&run->arena, &words, str_quote(&run->arena, request->values.item[i]));
	}
	strings_add(&run->arena, &words, str_format(&run->arena, "--%s%s%s", name, value ? " " : "", value ? value : ""));
	return strings_join(&run->arena, &words, " ");
}

/* A -std that is too low, which --repair raises. What else there is shows only behind it. */
static bool
has_std(const struct scan_report *report)
{
	for (size_t i = 0; i < report->causes.n; i++)
		if (report->causes.item[i].hit->sure && (strcmp(report->causes.item[i].hit->code, "CE305") == 0 ||
							 strcmp(report->causes.item[i].hit->code, "CE109") == 0))
			return true;
	return false;
}

/* Another toolkit here that has all that is missed. */
static const struct toolkit *
other_toolkit(const struct machine *machine, const struct scan_bounds *bounds)
{
	if (bounds->others || (!bounds->cuda.since.n && !bounds->cuda.until.n) || bounds->torch.since.n || bounds->torch.until.n)
		return NULL;
	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if (t->nvcc && t != machine->toolkit && scan_bound_takes(&bounds->cuda, &t->version))
			return t;
	}
	return NULL;
}

/* What cuenv check can speak of. */
static bool
is_package(struct run *run, const char *dir)
{
	static const char *const names[] = { "setup.py", "pyproject.toml", "CMakeLists.txt" };

	for (size_t i = 0; i < 3; i++)
		if (world_is_file(run, path_join(&run->arena, dir, names[i])))
			return true;
	return false;
}

const char *
scan_next(struct run *run, const struct request *request, const struct scan_said *said)
{
	const struct scan_report *report = &said->report;
	const struct machine *m = said->plan.machine;
	const struct toolkit *other = other_toolkit(m, &said->bounds);

	if (has_std(report) && !request_has(request, "repair"))
		return again(run, request, "repair", NULL);
	if (report->fail && other)
		return again(run, request, "toolkit", fit_spec(run, other));
	if (report->fail)
		return NULL;
	if (report->doubt && !request_has(request, "confirm") && m->toolkit && m->toolkit->nvcc)
		return again(run, request, "confirm", NULL);
	if (report->doubt || !said->plan.dir || !m->torch || !is_package(run, said->plan.dir))
		return NULL;
	return str_format(&run->arena, "cuenv check %s%s%s%s%s",
			  request_argument(request, 0) ? str_quote(&run->arena, request_argument(request, 0)) : ".",
			  request_value(request, "toolkit") ? " --toolkit " : "",
			  request_value(request, "toolkit") ? str_quote(&run->arena, request_value(request, "toolkit")) : "",
			  run->python ? " --python " : "", run->python ? str_quote(&run->arena, run->python) : "");
}
