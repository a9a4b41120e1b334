/* The one command that is expected to work, made of what was found. */
#include "base/memory.h"
#include "check/build.h"
#include "check/say.h"
#include "know/acquire.h"

#define GB (1LL << 30)
#define USUAL 3	/* GB for a job that exec --build counts */

/* MAX_JOBS for a package that needs more memory than exec --build counts with; NULL: its number will do. */
static const char *
jobs(struct run *run, struct build *build)
{
	const struct computer *c = build->machine->computer;
	int per_job = build->profile->memory;
	long long n;

	if (per_job <= USUAL || run_env(run, "MAX_JOBS") || !c || c->memory < 0 || !c->cores)
		return NULL;
	n = c->memory / (per_job * GB);
	n = n < 1 ? 1 : n;
	if (n >= c->cores)
		return NULL;
	say(run, &build->findings, "CE902", SEVERITY_NOTE,
	    str_format(&run->arena, "a compiler takes %d GB here, and the memory is enough for %lld at once", per_job, n), NULL,
	    str_format(&run->arena, "%s: %.1f GB free", c->memory_from, (double)c->memory / (double)GB), build->profile->source,
	    NULL);
	return str_format(&run->arena, "MAX_JOBS=%lld", n);
}

static struct strings
variables(struct run *run, struct build *build)
{
	const struct profile *p = build->profile;
	const char *max = jobs(run, build);
	struct strings list = { 0 };

	for (size_t i = 0; i < p->env.n; i++)
		strings_add(&run->arena, &list, str_quote(&run->arena, p->env.item[i]));
	for (size_t i = 0; !build->machine->gpus.n && i < p->env_no_gpu.n; i++)
		strings_add(&run->arena, &list, str_quote(&run->arena, p->env_no_gpu.item[i]));
	if (max)
		strings_add(&run->arena, &list, max);
	return list;
}

static const char *
before(struct run *run, const struct build *build, const struct installer *by)
{
	struct strings words = { 0 };

	for (size_t i = 0; i < build->first.n; i++)
		strings_add(&run->arena, &words, str_quote(&run->arena, build->first.item[i]));
	if (!words.n)
		return by->first;
	return str_format(&run->arena, "%s%s %s && ", by->first, by->install, strings_join(&run->arena, &words, " "));
}

/* Both steps in one environment: what makes the files is to be there when they are built. */
static const char *
cmake(struct run *run, const struct build *build)
{
	const struct profile *p = build->profile;
	const char *to = str_quote(&run->arena, str_format(&run->arena, "%s/build", p->dir));
	const struct torch *at_hand = build->machine->torch;
	const char *torch = "", *both;

	if (at_hand && p->finds_torch)
		torch = str_format(&run->arena, " -DCMAKE_PREFIX_PATH=%s",
				   str_quote(&run->arena, str_format(&run->arena, "%s/share/cmake", at_hand->dir)));
	both = str_format(&run->arena, "cmake -S %s -B %s%s && cmake --build %s", str_quote(&run->arena, p->target), to, torch, to);

	return str_format(&run->arena, "sh -c %s", str_quote(&run->arena, both));
}

static const char *
pip(struct run *run, struct build *build, const struct installer *by)
{
	const struct profile *p = build->profile;
	bool alone = !strings_has(&p->imports, "torch") && !strings_has(&p->imports, "tensorflow");
	struct strings env = variables(run, build);

	return str_format(&run->arena, "%s%s%s%s%s %s", env.n ? "env " : "", strings_join(&run->arena, &env, " "),
			  env.n ? " " : "", by->install, alone ? "" : " --no-build-isolation", str_quote(&run->arena, p->target));
}

void
build_command(struct run *run, struct build *build)
{
	const struct machine *m = build->machine;
	bool torch = strings_has(&build->profile->imports, "torch"), repair;
	struct installer by;

	if (findings_fail(&build->findings) || build->profile->plain)
		return;
	by = acquire_installer(run, m->python, m->torch);
	if (!by.install)
		return;
	repair = (build->pin && build->pin < build->demand) ||
		 (!torch && strings_has(&build->profile->imports, "pkg_resources"));
	build->command = str_format(&run->arena, "%scuenv exec %s%s%s%s --build%s -- %s", before(run, build, &by),
				    run->python ? "--python " : "", run->python ? str_quote(&run->arena, run->python) : "",
				    run->python ? " " : "", fit_spec(run, m->toolkit), repair ? " --repair" : "",
				    build->profile->cmake ? cmake(run, build) : pip(run, build, &by));
}
