#include "check/say.h"

#include "base/path.h"
#include "know/acquire.h"
#include "select/rank.h"

struct finding *
say_texts(struct run *run, struct findings *out, const char *code, enum severity severity, const char *what,
	  const char *remedy, const char *const *evidence, size_t n)
{
	struct finding *finding = finding_add(run, out, code, severity, what, remedy);

	strings_add_some(&run->arena, &finding->evidence, evidence, n);
	return finding;
}

const char *
say_toolkit(struct run *run, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "%s: CUDA %s", toolkit->nvcc ? toolkit->nvcc : toolkit->root,
			  version_text(&run->arena, &toolkit->version, 0));
}

const char *
say_torch(struct run *run, const struct torch *torch)
{
	return str_format(&run->arena, "%s/version.py: torch %s, CUDA %s", torch->dir,
			  torch->version ? torch->version : "?",
			  torch->cuda.n ? version_text(&run->arena, &torch->cuda, 0) : "none");
}

const char *
say_variable(struct run *run, const char *name)
{
	return str_format(&run->arena, "%s=%s", name, run_env(run, name) ? run_env(run, name) : "");
}

const char *
say_without(struct run *run, const char *name, const char *entry)
{
	struct strings parts = str_split(&run->arena, run_env(run, name), ':'), left = { 0 };

	for (size_t i = 0; i < parts.n; i++)
		if (!str_same(parts.item[i], entry))
			strings_add(&run->arena, &left, parts.item[i]);
	if (!left.n || (left.n == 1 && !left.item[0][0]) || left.n == parts.n)
		return str_format(&run->arena, "unset %s", name);
	return str_format(&run->arena, "export %s=%s", name,
			  str_quote(&run->arena, strings_join(&run->arena, &left, ":")));
}

const struct toolkit *
fit_toolkit(const struct machine *machine, const struct toolkit *besides)
{
	const struct toolkit *best = rank_for_torch(machine);

	return best && best != besides && rank_builds(machine, best) ? best : NULL;
}

const char *
fit_spec(struct run *run, const struct toolkit *toolkit)
{
	return version_text(&run->arena, &toolkit->version, toolkit->version.n > 2 ? 3 : 2);
}

const char *
fit_fetch(struct run *run, const struct machine *machine, const struct version *cuda)
{
	return acquired_text(acquire_toolkit(run, machine, cuda));
}

const char *
fit_command(struct run *run, const struct machine *machine, const struct toolkit *besides)
{
	const struct toolkit *best = fit_toolkit(machine, besides);

	return best ? acquire_shell(run, best) : fit_fetch(run, machine, NULL);
}

