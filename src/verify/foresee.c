/*
 * What is certain before anything is compiled: a toolkit without the parts, a torch without CUDA, a Python without
 * Python.h, CUDA majors that differ. torch's setup.py build refuses another major and warns of another minor
 * (torch.utils.cpp_extension, _check_cuda_version); libcudart's soname is that of the major since 12, and 11.0 for all 11.x.
 */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "check/parts.h"
#include "check/python_headers.h"
#include "check/say.h"
#include "check/torch_cuda.h"
#include "know/acquire.h"
#include "verify/plan.h"

/* The best toolkit here for this torch: same minor first, then same major; else where to get one. */
const char *
foresee_toolkit(struct run *run, const struct plan *plan)
{
	const struct toolkit *best = fit_toolkit(plan->machine, plan->toolkit);

	if (best)
		return str_format(&run->arena, "cuenv verify --toolkit %s", fit_spec(run, best));
	return fit_fetch(run, plan->machine, NULL);
}

static void
block(struct run *run, struct plan *plan, struct findings *findings, const char *code, const char *what,
      const char *evidence, const char *remedy)
{
	struct finding *finding = finding_add(run, findings, code, SEVERITY_FAIL, what, remedy);

	strings_add(&run->arena, &finding->evidence, evidence);
	plan->blocked = true;
}

static void
parts(struct run *run, struct plan *plan, struct findings *findings)
{
	const struct toolkit *t = plan->toolkit;

	parts_contradict(run, t, findings);
	parts_lack(run, t, foresee_toolkit(run, plan), SEVERITY_FAIL, findings);
	plan->blocked |= !(t->abilities & CAN_COMPILE) || !t->nvcc;
}

/* The first character by which a shell would split a path or change it, or NULL. */
static const char *
breaks(const char *path)
{
	return strpbrk(path, " \t\n'\"`$\\&;|<>()*?[");
}

/* What a torch build has as CUDA_HOME: the variable's own words, else what `cuenv prefix` says. */
static const char *
home(struct run *run, const struct toolkit *toolkit)
{
	const char *named = run_env(run, "CUDA_HOME") ? run_env(run, "CUDA_HOME") : run_env(run, "CUDA_PATH");

	return toolkit->active && named ? named : toolkit->root;
}

/* Our own compilers are called by argument lists, which no blank breaks; torch writes its calls into build.ninja. */
static void
paths(struct run *run, const struct plan *plan, struct facts *facts, struct findings *findings)
{
	const char *cuda = home(run, plan->toolkit), *torch = plan->torch->dir;
	const char *link = str_format(&run->arena, "~/cuda-%s", version_text(&run->arena, &plan->toolkit->version, 2));
	struct finding *finding;

	if (build_nvcc_named(run, plan))
		fact_add(run, facts, "nvcc", str_format(&run->arena, "PYTORCH_NVCC=%s", build_nvcc_named(run, plan)));
	if (breaks(cuda) && !plan->recipe.quotes_nvcc && !build_nvcc_named(run, plan)) {
		finding = finding_add(run, findings, "CE112", SEVERITY_FAIL,
				      str_format(&run->arena, "torch calls %s/bin/nvcc without quotes: its build breaks at the "
						 "'%c' in that path", cuda, *breaks(cuda)),
				      str_format(&run->arena, "ln -s %s %s && export CUDA_HOME=%s",
						 str_quote(&run->arena, plan->toolkit->root), link, link));
		strings_add(&run->arena, &finding->evidence,
			    str_format(&run->arena, "%s: nvcc = …, for ninja's shell", plan->recipe.file));
	}
	if (breaks(torch)) {
		finding = finding_add(run, findings, "CE308", SEVERITY_WARN,
				      str_format(&run->arena, "torch.utils.cpp_extension.load breaks at the '%c' in torch's path; "
						 "a setup.py build does not", *breaks(torch)),
				      str_format(&run->arena, "install torch into a folder without it: %s -m venv ~/venv",
						 str_quote(&run->arena, plan->python->executable)));
		strings_add(&run->arena, &finding->evidence, torch);
	}
}

/* Nothing may be compiled where a folder's name would be run. TMPDIR is seen to by scratch_with. */
static void
misread(struct run *run, struct plan *plan, struct findings *findings)
{
	static const char *const names[] = { "CC", "CXX", "NVCC_CCBIN", "PYTORCH_NVCC" };
	const struct toolkit *toolkit = plan->toolkit;
	const char *root = toolkit->root, *what = cxx_misread(run, toolkit->nvcc);

	if (what)
		block(run, plan, findings, "CE119", what, say_toolkit(run, toolkit),
		      str_format(&run->arena, "mv %s %s", str_quote(&run->arena, root), str_quote(&run->arena,
				 str_format(&run->arena, "%s/cuda-%s", path_parent(&run->arena, root),
					    version_text(&run->arena, &toolkit->version, 2)))));
	if ((what = cxx_misread(run, plan->wish->cxx)))
		block(run, plan, findings, "CE119", what, "chosen by --cxx", "cuenv verify");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((what = cxx_misread(run, run_env(run, names[i]))))
			block(run, plan, findings, "CE119", what, str_format(&run->arena, "chosen by %s", names[i]),
			      str_format(&run->arena, "unset %s", names[i]));
}

void
foresee(struct run *run, struct plan *plan, struct facts *facts, struct findings *findings)
{
	const struct python *python = plan->python;

	if (!plan->torch->cuda.n) {
		block(run, plan, findings, "CE303",
		      plan->torch->hip ? "torch is a ROCm build: it loads no CUDA extension"
				       : "torch is not a CUDA build: it loads no CUDA extension",
		      say_torch(run, plan->torch), acquired_text(acquire_torch(run, plan->machine)));
		return;
	}
	misread(run, plan, findings);
	if (plan->blocked)
		return;
	if (!torch_cuda_compare(run, plan->toolkit, plan->torch, foresee_toolkit(run, plan), findings))
		fact_add(run, facts, "CUDA",
			 str_format(&run->arena, "%s, as torch's", version_text(&run->arena, &plan->toolkit->version, 2)));
	parts(run, plan, findings);
	paths(run, plan, facts, findings);
	python_headers_lack(run, python, SEVERITY_FAIL, findings);
	plan->blocked |= !python->include_dir;
}
