/*
 * A torch: which of pytorch.org's wheels suits this driver, these GPUs and this toolkit, by data/torch.json, and in which index
 * it is. PyPI has one CUDA of each release, and for ARM servers one only since 2.11; a Jetson has an index of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arch.h"
#include "base/data.h"
#include "base/path.h"
#include "base/str.h"
#include "know/acquire_parts.h"

struct pick {
	const char *release, *variant;
	bool usual; /* what PyPI gives */
	int cost;   /* the fewer the better */
};

/* Of a wheel whose list is not known: whether its CUDA compiles for the GPU. */
static bool
cuda_knows(struct run *run, const struct version *cuda, const char *arch)
{
	struct cJSON *row = data_row(json_get(data_table(run, "gpus"), "sm"), "sm", arch);
	struct version first = data_version(row, "first_cuda"), last = data_version(row, "last_cuda");

	return first.n && version_compare(cuda, &first) >= 0 &&
	       (!last.n || version_compare(cuda, &last) <= 0);
}

/* Machine code runs on its own major from its minor on. */
static bool
runs_on(struct run *run, const struct cJSON *variant, const char *arch)
{
	struct version gpu, code, cuda = data_version(variant, "cuda");

	if (!arch || !version_parse(arch_dotted(&run->arena, arch), &gpu, NULL))
		return true;
	if (!json_child(json_get(variant, "archs")))
		return cuda_knows(run, &cuda, arch);
	for (struct cJSON *a = json_child(json_get(variant, "archs")); a; a = json_next(a))
		if (json_text(a) && version_parse(json_text(a), &code, NULL) &&
		    version_compare(&code, &gpu) <= 0 && code.part[0] == gpu.part[0])
			return true;
	return false;
}

static bool
suits(struct run *run, const struct machine *machine, const struct cJSON *variant, const char *arch)
{
	struct version cuda = data_version(variant, "cuda");

	if (!cuda.n || !runs_on(run, variant, arch))
		return false;
	if (machine->driver && machine->driver->cuda.n && cuda.part[0] > machine->driver->cuda.part[0])
		return false;
	for (size_t i = 0; i < machine->gpus.n; i++)
		if (!runs_on(run, variant, machine->gpus.item[i].arch))
			return false;
	return true;
}

static bool
is_for_python(struct run *run, const struct cJSON *release, const struct python *python)
{
	const char *mine = acquire_py_name(run, python) + strlen("python");

	for (struct cJSON *p = json_child(json_get(release, "python")); p; p = json_next(p))
		if (str_same(json_text(p), mine))
			return true;
	return !json_get(release, "python");
}

static bool
has_toolkit_of(const struct machine *machine, int major)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if ((machine->toolkits.item[i].abilities & CAN_EXTEND) &&
		    machine->toolkits.item[i].version.part[0] == major)
			return true;
	return false;
}

/* torch minors in one row: 1.13 and 2.0 are neighbours. */
static int
place(const struct version *v)
{
	return v->part[0] == 1 ? v->part[1] : 14 * (v->part[0] - 1) + v->part[1];
}

/* How far from what is here: its own release first, then later ones, then earlier ones; a CUDA of a toolkit that is here. */
static int
cost(const struct machine *machine, const struct version *mine, const struct cJSON *release,
     const struct cJSON *variant, bool usual)
{
	struct version at = data_version(release, "version"), cuda = data_version(variant, "cuda");
	int away = mine->n ? place(&at) - place(mine) : 1000 - place(&at);

	away = away < 0 ? 100 - away : away;
	return away * 1000 + (machine->toolkits.n && !has_toolkit_of(machine, cuda.part[0]) ? 500 : 0) +
	       (usual ? 0 : 100) + 99 - cuda.part[1];
}

static struct pick
best_pick(struct run *run, const struct machine *machine, const struct version *mine, const char *arch)
{
	struct cJSON *row = json_child(json_get(data_table(run, "torch"), "releases"));
	struct pick best = { .cost = -1 };

	for (; row; row = json_next(row)) {
		if (!is_for_python(run, row, machine->python))
			continue;
		for (struct cJSON *v = json_child(json_get(row, "variants")); v; v = json_next(v)) {
			bool usual =
			    str_same(json_get_text(v, "variant"), json_get_text(row, "pypi_default"));
			int price = cost(machine, mine, row, v, usual);

			if (suits(run, machine, v, arch) && (best.cost < 0 || price < best.cost))
				best = (struct pick){ json_get_text(row, "version"),
						      json_get_text(v, "variant"), usual, price };
		}
	}
	return best;
}

/* "'torch==2.9.1' --index-url …": the release that is here keeps its patch. */
static const char *
wheel(struct run *run, const struct system *system, const struct pick *pick, const struct torch *torch,
      const struct version *mine)
{
	struct version at = { 0 }, arm = { 2, { 2, 11, 0, 0 } };
	const char *name;

	version_parse(pick->release, &at, NULL);
	name = str_format(&run->arena, "'torch==%s.*'", pick->release);
	if (mine->n && version_same_minor(&at, mine) && mine->n > 2 && !strpbrk(torch->version, "abdr"))
		name = str_format(&run->arena, "torch==%s", version_text(&run->arena, mine, 0));
	if (pick->usual && (strcmp(system->arch, "sbsa") || version_compare(&at, &arm) >= 0))
		return name;
	return str_format(&run->arena, "%s --index-url https://download.pytorch.org/whl/%s", name,
			  pick->variant);
}

/* jetson-ai-lab.io has a folder for each JetPack and CUDA. */
static struct acquired
for_jetson(struct run *run, const struct machine *machine, const struct system *system)
{
	const struct version *cuda =
	    machine->driver && machine->driver->cuda.n ? &machine->driver->cuda : NULL;
	int jetpack = system->l4t >= 38 ? 7 : system->l4t >= 36 ? 6 : system->l4t >= 34 ? 5 : 0;
	struct installer by = acquire_installer(run, machine->python, machine->torch);

	if (!cuda && machine->toolkit && machine->toolkit->version.n)
		cuda = &machine->toolkit->version;
	if (!jetpack || !cuda || !by.install)
		return acquire_said(
		    "NVIDIA has torch for this Jetson: developer.nvidia.com/embedded/downloads, PyTorch for Jetson");
	return acquire_by(str_format(
	    &run->arena, "%s%s%s torch --index-url https://pypi.jetson-ai-lab.io/jp%d/cu%d%d", by.first,
	    by.install, machine->torch ? " --force-reinstall" : "", jetpack, cuda->part[0], cuda->part[1]));
}

static struct acquired
install(struct run *run, const struct python *python, const struct torch *torch, const char *what)
{
	return acquire_packages(run, python, torch,
				torch ? str_format(&run->arena, "--force-reinstall %s", what) : what);
}

/* A torch for something else than CUDA is not replaced: the one for CUDA has an environment of its own. */
static struct acquired
apart(struct run *run, const struct python *python, const struct system *system, const char *what)
{
	const char *make = acquire_new_venv(run, system, python, "~/torch");

	if (!make)
		return acquire_said("a torch with CUDA needs a virtual environment of its own");
	return acquire_by(
	    strstr(make, " -m venv ")
		? str_format(&run->arena, "%s && ~/torch/bin/python -m pip install %s", make, what)
		: str_format(&run->arena, "%s && %s pip install --python ~/torch %s", make, system->uv,
			     what));
}

static bool
is_for_others(const struct torch *torch)
{
	return torch && (torch->hip || (torch->version && strstr(torch->version, "+xpu")));
}

static struct acquired
torch_for(struct run *run, const struct machine *machine, const char *arch)
{
	const struct torch *torch = machine->torch;
	struct version mine = { 0 };
	struct system system;
	struct pick pick;
	const char *what;

	if (!machine->python)
		return acquire_said("no Python is at hand");
	system_read(run, &system);
	if (system.l4t)
		return for_jetson(run, machine, &system);
	if (torch && torch->version)
		version_parse(torch->version, &mine, NULL);
	pick = best_pick(run, machine, &mine, arch);
	if (!pick.release)
		return acquire_said("no wheel of torch is known that this driver and these GPUs take");
	what = wheel(run, &system, &pick, torch, &mine);
	if (is_for_others(torch) || (torch && str_same(torch->origin, "Debian")))
		return apart(run, machine->python, &system, what);
	if (torch && str_same(torch->origin, "conda-forge"))
		return acquire_conda(run, machine->python, "pytorch-gpu");
	return install(run, machine->python, torch, what);
}

struct acquired
acquire_torch(struct run *run, const struct machine *machine)
{
	bool nvidia = machine->driver || machine->gpus.n || machine->toolkits.n;

	return is_for_others(machine->torch) && !nvidia ? (struct acquired){ 0 }
							: torch_for(run, machine, NULL);
}

struct acquired
acquire_torch_for_gpu(struct run *run, const struct machine *machine, const char *arch)
{
	return torch_for(run, machine, arch);
}

/* PyPI's wheels are named without the +cu124 that they state; pytorch.org's with it, in an index of its name. */
struct acquired
acquire_torch_again(struct run *run, const struct python *python, const struct torch *torch)
{
	const char *version = torch->version ? torch->version : "", *plus = strchr(version, '+');
	const char *name = *version ? str_format(&run->arena, "torch==%s", version) : "torch";
	struct system system;

	system_read(run, &system);
	if (str_same(torch->origin, "Debian"))
		return apart(run, python, &system, "torch");
	if (str_same(torch->origin, "conda-forge"))
		return acquire_conda(run, python, "pytorch-gpu");
	if (str_same(torch->origin, "pytorch.org wheel") && plus)
		return install(run, python, torch,
			       str_format(&run->arena, "%s --index-url https://download.pytorch.org/whl/%s",
					  name, plus + 1));
	return install(run, python, torch, str_copy(&run->arena, name, strcspn(name, "+")));
}
