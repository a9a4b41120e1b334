/* What this machine has to say of a cause that a log names. Files are read, nothing is run. */
#include <string.h>

#include "base/cxx.h"
#include "base/elf.h"
#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "explain/explain.h"

struct telling {
	struct run *run;
	const struct machine *machine;
	const struct toolkit *active, *fit;	/* what a build takes, what it should take; or NULL */
	const char *name;			/* {name} of the log, or NULL */
	struct facts *facts;
};

static const char *
toolkit_says(struct run *run, const struct toolkit *t)
{
	return str_format(&run->arena, "CUDA %s (%s)", version_text(&run->arena, &t->version, 0), t->root);
}

static void
tell_toolkits(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;
	struct arena *arena = &t->run->arena;

	fact_add(t->run, t->facts, "build", t->active
		 ? str_format(arena, "takes %s, if it is started here", toolkit_says(t->run, t->active))
		 : "started here finds no toolkit: no CUDA_HOME, no nvcc on PATH, no /usr/local/cuda");
	if (torch)
		fact_add(t->run, t->facts, "torch", !torch->cuda.n
			 ? str_format(arena, "%s, a CPU build: it looks for no toolkit (%s)", torch->version, torch->dir)
			 : str_format(arena, "%s, built with CUDA %s (%s)", torch->version,
				      version_text(arena, &torch->cuda, 2), torch->dir));
	if (torch && torch->cuda.n)
		fact_add(t->run, t->facts, "fits", t->fit ? toolkit_says(t->run, t->fit)
			 : str_format(arena, "no toolkit here is of CUDA %d; cuenv doctor tells where to get one", torch->cuda.part[0]));
}

static void
tell_compilers(const struct telling *t)
{
	const struct toolkit *toolkit = t->fit ? t->fit : t->active;
	const struct compilers *all = &t->machine->compilers;

	if (!toolkit)
		return;
	fact_add(t->run, t->facts, "accepts", str_format(&t->run->arena, "%s: GCC ≤ %d, clang ≤ %d", toolkit_says(t->run, toolkit),
							   toolkit->gcc_max, toolkit->clang_max));
	for (size_t i = 0; i < all->n; i++)
		if (cxx_within(toolkit->gcc_max, toolkit->clang_max, all->item[i].is_clang, &all->item[i].version)) {
			fact_add(t->run, t->facts, "here", str_format(&t->run->arena, "%s (%s), which it accepts", all->item[i].path,
				 version_text(&t->run->arena, &all->item[i].version, 0)));
			return;
		}
	fact_add(t->run, t->facts, "here", "no compiler that it accepts");
}

/* Each toolkit that has a file in one of its folders, or in folder below them. */
static void
tell_owners(const struct telling *t, const char *file, bool library)
{
	static const char *const below[] = { "", "cccl", "stubs" };
	size_t before = t->facts->n;

	for (size_t i = 0; i < t->machine->toolkits.n; i++) {
		const struct toolkit *toolkit = &t->machine->toolkits.item[i];
		const struct strings *dirs = library ? &toolkit->lib_dirs : &toolkit->include_dirs;

		for (size_t d = 0; d < dirs->n * 3; d++) {
			const char *sub = below[d % 3], *dir = dirs->item[d / 3];
			const char *path = path_join(&t->run->arena, *sub ? path_join(&t->run->arena, dir, sub) : dir, file);

			if (!world_is_file(t->run, path))
				continue;
			fact_add(t->run, t->facts, "has it", str_format(&t->run->arena, "%s, of CUDA %s", path,
				 version_text(&t->run->arena, &toolkit->version, 0)));
			break;
		}
	}
	if (t->facts->n == before)
		fact_add(t->run, t->facts, "has it", str_format(&t->run->arena, "no toolkit here has %s", file));
}

static void
tell_python(const struct telling *t)
{
	const struct python *python = t->machine->python;
	const struct packages *packages = &t->machine->packages;

	if (!python)
		return;
	fact_add(t->run, t->facts, "Python", str_format(&t->run->arena, "%s, %s", python->executable,
		 python->include_dir ? "with Python.h" : "without Python.h"));
	fact_add(t->run, t->facts, "torch", t->machine->torch ? str_format(&t->run->arena, "%s is in it",
		 t->machine->torch->version) : "is not in it");
	for (size_t i = 0; i < packages->n; i++)
		if (str_same(packages->item[i].name, "setuptools") || str_starts(packages->item[i].name, "mmcv"))
			fact_add(t->run, t->facts, packages->item[i].name, packages->item[i].version);
}

static void
tell_driver(const struct telling *t)
{
	const struct driver *driver = t->machine->driver;

	fact_add(t->run, t->facts, "driver", !driver ? "none is loaded here"
		 : str_format(&t->run->arena, "%s, which runs CUDA up to %s", driver->version,
			      driver->cuda.n ? version_text(&t->run->arena, &driver->cuda, 2) : "one not known"));
	for (size_t i = 0; i < t->machine->gpus.n; i++)
		fact_add(t->run, t->facts, "GPU", str_format(&t->run->arena, "%s%s%s", t->machine->gpus.item[i].name,
			 t->machine->gpus.item[i].arch ? ", sm_" : "",
			 t->machine->gpus.item[i].arch ? t->machine->gpus.item[i].arch : ""));
}

static void
tell_loader(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;
	const char *path = run_env(t->run, "LD_LIBRARY_PATH");

	fact_add(t->run, t->facts, "LD_LIBRARY_PATH", path ? path : "is not set here");
	if (torch && torch->cudart_soname)
		fact_add(t->run, t->facts, "torch", str_format(&t->run->arena, "%s loads %s%s%s", torch->version, torch->cudart_soname,
			 torch->cudart_file ? ": " : "", torch->cudart_file ? torch->cudart_file : ""));
}

/* Whether the torch here exports the symbol; if not, what it has of nearly that name. */
static void
tell_symbol(const struct telling *t)
{
	static const char *const names[] = { "libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch_python.so" };
	const struct torch *torch = t->machine->torch;
	struct elf_symbol symbol = { .name = t->name };
	struct elf_symbols symbols = { &symbol, 1 };
	const char *near = NULL;

	if (!torch || !torch->lib_dir || !t->name)
		return;
	for (size_t i = 0; i < 5 && !symbol.found_in; i++)
		elf_resolve(t->run, path_join(&t->run->arena, torch->lib_dir, names[i]), &symbols);
	for (size_t i = 0; i < 5 && !symbol.found_in && !near; i++)
		near = elf_nearest(t->run, path_join(&t->run->arena, torch->lib_dir, names[i]), t->name, strlen(t->name) * 2 / 3);
	fact_add(t->run, t->facts, "torch", str_format(&t->run->arena, "%s %s", torch->version, symbol.found_in
		 ? "here has it, so the log is of another one" : near ? str_format(&t->run->arena, "here has it not, but has %s", near)
		 : "here has it not, and nothing like it"));
	if (torch->cxx11_abi >= 0)
		fact_add(t->run, t->facts, "std::string", str_format(&t->run->arena, "torch here has _GLIBCXX_USE_CXX11_ABI=%d",
			 torch->cxx11_abi));
}

static void
tell_standard(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;

	if (torch && torch->cxx_std)
		fact_add(t->run, t->facts, "torch", str_format(&t->run->arena, "%s demands C++%d (%s)", torch->version, torch->cxx_std,
			 torch->cxx_std_from));
}

static void
tell_memory(const struct telling *t)
{
	const struct computer *computer = t->machine->computer;

	if (computer && computer->memory >= 0)
		fact_add(t->run, t->facts, "memory", str_format(&t->run->arena, "%.1f GB can be had, for %d cores", (double)computer->memory / 1e9,
			 computer->cores));
}

static const struct toolkit *
active_toolkit(const struct machine *machine)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].active)
			return &machine->toolkits.item[i];
	return NULL;
}

/* Of torch's CUDA, else of its major; without a torch the active one. */
static const struct toolkit *
fitting_toolkit(const struct machine *machine)
{
	const struct toolkit *fit = NULL;

	if (!machine->torch || !machine->torch->cuda.n)
		return active_toolkit(machine);
	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if (!(t->abilities & CAN_EXTEND) || t->version.part[0] != machine->torch->cuda.part[0])
			continue;
		if (version_same_minor(&t->version, &machine->torch->cuda))
			return t;
		fit = fit ? fit : t;
	}
	return fit;
}

static const struct { unsigned needs; void (*tell)(const struct telling *t); } rows[] = {
	[FACTS_HOME] = { 0, tell_toolkits },
	[FACTS_MATCH] = { 0, tell_toolkits },
	[FACTS_ARCH] = { 0, tell_toolkits },
	[FACTS_COMPILER] = { NEED_DETAILS | NEED_COMPILERS, tell_compilers },
	[FACTS_STANDARD] = { 0, tell_standard },
	[FACTS_PYTHON] = { NEED_PACKAGES, tell_python },
	[FACTS_DRIVER] = { NEED_DRIVER | NEED_GPUS, tell_driver },
	[FACTS_LOADER] = { 0, tell_loader },
	[FACTS_SYMBOL] = { 0, tell_symbol },
	[FACTS_MEMORY] = { NEED_COMPUTER, tell_memory },
};

unsigned
explain_needs(const struct hit *hit)
{
	enum cause_facts kind = hit->cause->facts;

	return kind == FACTS_NONE ? 0 : NEED_TOOLKITS | NEED_TORCH | (kind < sizeof(rows) / sizeof(rows[0]) ? rows[kind].needs : 0);
}

static const char *
captured_name(const struct hit *hit)
{
	for (size_t i = 0; i < hit->captures.n; i++)
		if (hit->captures.item[i].length == 4 && strncmp(hit->captures.item[i].word, "name", 4) == 0)
			return hit->captures.item[i].text;
	return NULL;
}

void
explain_facts(struct run *run, const struct machine *machine, const struct hit *hit, struct facts *facts, const char **spec)
{
	const struct telling t = { run, machine, active_toolkit(machine), fitting_toolkit(machine), captured_name(hit), facts };
	enum cause_facts kind = hit->cause->facts;

	if (kind == FACTS_HEADER && t.name)
		tell_owners(&t, t.name, false);
	else if (kind == FACTS_LIBRARY && t.name)
		tell_owners(&t, str_format(&run->arena, "lib%s.so", t.name), true);
	else if (kind == FACTS_LIBRARY)
		tell_toolkits(&t);
	else if (rows[kind].tell)
		rows[kind].tell(&t);
	*spec = t.fit ? version_text(&run->arena, &t.fit->version, 0) : NULL;
}
