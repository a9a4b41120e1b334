/*
 * What is certain before anything is compiled: a toolkit without the parts, a torch without CUDA, a Python without
 * Python.h, CUDA majors that differ. torch's setup.py build refuses another major and warns of another minor
 * (torch.utils.cpp_extension, _check_cuda_version); libcudart's soname is that of the major since 12, and 11.0 for all 11.x.
 */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "verify/plan.h"

static const char *
toolkit_evidence(struct run *run, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "%s: CUDA %s", toolkit->nvcc ? toolkit->nvcc : toolkit->root,
			  version_text(&run->arena, &toolkit->version, 0));
}

static const char *
torch_evidence(struct run *run, const struct torch *torch)
{
	return str_format(&run->arena, "%s/version.py: torch %s, CUDA %s", torch->dir, torch->version,
			  torch->cuda.n ? version_text(&run->arena, &torch->cuda, 0) : "none");
}

/* Where to get a toolkit without being root: PyPI has whole ones from 13 on, conda-forge from 12 on. */
static const char *
fetch(struct run *run, const struct version *cuda)
{
	const char *v = version_text(&run->arena, cuda, 2);

	if (cuda->part[0] >= 13)
		return str_format(&run->arena, "pip install 'cuda-toolkit[nvcc,cudart,cccl,cublas,cusparse,cusolver]==%s.*'", v);
	if (cuda->part[0] == 12)
		return str_format(&run->arena, "conda create -p ~/cuda-%s -c conda-forge cuda-toolkit=%s gxx", v, v);
	return str_format(&run->arena, "conda create -p ~/cuda-%s -c nvidia/label/cuda-%s.0 cuda-toolkit", v, v);
}

/* The best toolkit here for this torch: same minor first, then same major; else where to get one. */
const char *
foresee_toolkit(struct run *run, const struct plan *plan)
{
	const struct toolkits *all = &plan->machine->toolkits;
	const struct version *cuda = &plan->torch->cuda;

	for (int same = 1; same >= 0; same--)
		for (size_t i = 0; i < all->n; i++) {
			const struct toolkit *t = &all->item[i];

			if (t != plan->toolkit && (t->abilities & CAN_EXTEND) && t->version.part[0] == cuda->part[0] &&
			    (!same || version_same_minor(&t->version, cuda)))
				return str_format(&run->arena, "cuenv verify --toolkit %s",
						  version_text(&run->arena, &t->version, t->version.n > 2 ? 3 : 2));
		}
	return fetch(run, cuda);
}

static void
versions(struct run *run, struct plan *plan, struct facts *facts, struct findings *findings)
{
	const struct version *a = &plan->toolkit->version, *b = &plan->torch->cuda;
	struct finding *finding;

	if (version_same_minor(a, b)) {
		fact_add(run, facts, "CUDA", str_format(&run->arena, "%s, as torch's", version_text(&run->arena, a, 2)));
		return;
	}
	if (a->part[0] == b->part[0])
		finding = finding_add(run, findings, "CE302", SEVERITY_NOTE,
				      str_format(&run->arena, "CUDA %s builds for torch's CUDA %s: the minor differs; "
						 "setup.py warns, and a package that wants it exact (apex) refuses",
						 version_text(&run->arena, a, 2), version_text(&run->arena, b, 2)), NULL);
	else
		finding = finding_add(run, findings, "CE301", SEVERITY_FAIL,
				      str_format(&run->arena, "CUDA %d and torch's CUDA %d are two different runtimes; "
						 "torch's setup.py build refuses this", a->part[0], b->part[0]),
				      foresee_toolkit(run, plan));
	words_add(run, &finding->evidence, toolkit_evidence(run, plan->toolkit), torch_evidence(run, plan->torch), NULL);
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
	struct finding *finding;

	if (t->contradiction) {
		finding = finding_add(run, findings, "CE108", SEVERITY_WARN, t->contradiction, NULL);
		for (size_t i = 0; i < t->claims.n; i++)
			strings_add(&run->arena, &finding->evidence,
				    str_format(&run->arena, "%s: %s %s", t->claims.item[i].file, t->claims.item[i].about,
					       version_text(&run->arena, &t->claims.item[i].version, 0)));
	}
	if (t->abilities & CAN_EXTEND)
		return;
	finding = finding_add(run, findings, "CE101", SEVERITY_FAIL,
			      str_format(&run->arena, "CUDA %s at %s does not build a torch extension: %s",
					 version_text(&run->arena, &t->version, 0), t->root,
					 t->gap ? t->gap : "it is not whole"),
			      t->remedy ? t->remedy : foresee_toolkit(run, plan));
	strings_add(&run->arena, &finding->evidence, toolkit_evidence(run, t));
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
				      "python3 -m venv, in a path without it");
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
		block(run, plan, findings, "CE113", what, toolkit_evidence(run, toolkit),
		      str_format(&run->arena, "mv %s %s", str_quote(&run->arena, root), str_quote(&run->arena,
				 str_format(&run->arena, "%s/cuda-%s", path_parent(&run->arena, root),
					    version_text(&run->arena, &toolkit->version, 2)))));
	if ((what = cxx_misread(run, plan->wish->cxx)))
		block(run, plan, findings, "CE113", what, "chosen by --cxx", "cuenv verify");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((what = cxx_misread(run, run_env(run, names[i]))))
			block(run, plan, findings, "CE113", what, str_format(&run->arena, "chosen by %s", names[i]),
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
		      torch_evidence(run, plan->torch), "pip install --force-reinstall torch");
		return;
	}
	misread(run, plan, findings);
	if (plan->blocked)
		return;
	versions(run, plan, facts, findings);
	parts(run, plan, findings);
	paths(run, plan, facts, findings);
	if (!python->include_dir)
		block(run, plan, findings, "CE304",
		      str_format(&run->arena, "the headers of Python %s are not installed",
				 version_text(&run->arena, &python->version, 2)),
		      str_format(&run->arena, "%s: no Python.h in its include folder", python->real),
		      str_format(&run->arena, "sudo apt install python%s-dev", version_text(&run->arena, &python->version, 2)));
}
