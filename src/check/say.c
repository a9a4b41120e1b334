#include "check/say.h"

#include "base/path.h"
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

/* PyPI has whole toolkits from 13 on, conda-forge from 12 on, NVIDIA's channel older ones. */
const char *
fit_fetch(struct run *run, const struct version *cuda)
{
	const char *v = version_text(&run->arena, cuda, 2);

	if (cuda->part[0] >= 13)
		return str_format(&run->arena, "pip install 'cuda-toolkit[nvcc,cudart,cccl,cublas,cusparse,cusolver]==%s.*'", v);
	if (cuda->part[0] == 12)
		return str_format(&run->arena, "conda create -p ~/cuda-%s -c conda-forge cuda-toolkit=%s gxx", v, v);
	return str_format(&run->arena, "conda create -p ~/cuda-%s -c nvidia/label/cuda-%s.0 cuda-toolkit", v, v);
}

const char *
fit_command(struct run *run, const struct machine *machine, const struct toolkit *besides)
{
	static const struct version usual = { 2, { 13, 0, 0, 0 } };
	const struct toolkit *best = fit_toolkit(machine, besides);

	if (best)
		return str_format(&run->arena, "eval \"$(cuenv env %s)\"", fit_spec(run, best));
	return fit_fetch(run, wants_extension(machine) ? &machine->torch->cuda : &usual);
}

const char *
say_rebuild(struct run *run, const struct python *python, const char *package)
{
	return str_format(&run->arena, "cuenv exec torch --build -- %s -m pip install --force-reinstall --no-deps --no-cache-dir "
			  "--no-build-isolation %s", python ? str_quote(&run->arena, python->executable) : "python3",
			  package ? package : "…");
}
