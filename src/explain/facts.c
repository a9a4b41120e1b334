/* What this machine has to say of a cause that a log names. Files are read, nothing is run. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/elf.h"
#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "build/compiler.h"
#include "explain/explain.h"
#include "select/rank.h"

struct telling {
	struct run *run;
	const struct machine *machine;
	const struct toolkit *active, *fit;	/* what a build takes, what it should take; or NULL */
	const char *name;			/* {name} of the log, or NULL */
	struct facts *facts;
};

static void __attribute__((format(printf, 3, 4)))
tell(const struct telling *t, const char *name, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fact_add(t->run, t->facts, name, str_copy(&t->run->arena, text, strlen(text)));
}

static const char *
version_says(struct run *run, const struct version *version)
{
	return version_text(&run->arena, version, 0);
}

static const char *
toolkit_says(struct run *run, const struct toolkit *t)
{
	return str_format(&run->arena, "CUDA %s (%s)", version_text(&run->arena, &t->version, 0), t->root);
}

static void
tell_toolkits(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;

	if (t->active)
		tell(t, "build", "takes %s, if it is started here", toolkit_says(t->run, t->active));
	else
		tell(t, "build", "started here finds no toolkit: no CUDA_HOME, no nvcc on PATH, no /usr/local/cuda");
	if (!torch)
		return;
	if (!torch->cuda.n) {
		tell(t, "torch", "%s, a CPU build: it looks for no toolkit (%s)", torch->version, torch->dir);
		return;
	}
	tell(t, "torch", "%s, built with CUDA %s (%s)", torch->version, version_says(t->run, &torch->cuda), torch->dir);
	if (t->fit)
		tell(t, "fits", "%s", toolkit_says(t->run, t->fit));
	else
		tell(t, "fits", "no toolkit here is of CUDA %d; cuenv doctor tells where to get one", torch->cuda.part[0]);
}

static void
tell_compilers(const struct telling *t)
{
	const struct toolkit *toolkit = t->fit ? t->fit : t->active;
	const struct compiler *c;

	if (!toolkit)
		return;
	tell(t, "accepts", "%s: GCC ≤ %d, clang ≤ %d", toolkit_says(t->run, toolkit), toolkit->gcc_max, toolkit->clang_max);
	c = compiler_here(t->run, t->machine, toolkit).compiler;
	if (c)
		tell(t, "here", "%s (%s), which it accepts", c->path, version_says(t->run, &c->version));
	else
		tell(t, "here", "no compiler that it accepts");
}

/* The place of a file in one of the folders, or just below them; NULL when it is in none. */
static const char *
place_of(struct run *run, const struct strings *dirs, const char *file)
{
	for (size_t i = 0; i < dirs->n * 3; i++) {
		const char *path = i % 3 == 0 ? path_join(&run->arena, dirs->item[i / 3], file)
				 : i % 3 == 1 ? str_format(&run->arena, "%s/cccl/%s", dirs->item[i / 3], file)
				 : str_format(&run->arena, "%s/stubs/%s", dirs->item[i / 3], file);

		if (world_is_file(run, path))
			return path;
	}
	return NULL;
}

/* Each toolkit that has a header or a library. */
static void
tell_owners(const struct telling *t, const char *file, bool library)
{
	bool any = false;

	for (size_t i = 0; i < t->machine->toolkits.n; i++) {
		const struct toolkit *toolkit = &t->machine->toolkits.item[i];
		const char *path = place_of(t->run, library ? &toolkit->lib_dirs : &toolkit->include_dirs, file);

		if (path)
			tell(t, "has it", "%s, of CUDA %s", path, version_says(t->run, &toolkit->version));
		any |= path != NULL;
	}
	if (!any)
		tell(t, "has it", "no toolkit here has %s", file);
}

static void
tell_python(const struct telling *t)
{
	const struct python *python = t->machine->python;
	const struct packages *packages = &t->machine->packages;

	if (!python)
		return;
	tell(t, "Python", "%s, %s Python.h", python->executable, python->include_dir ? "with" : "without");
	if (t->machine->torch)
		tell(t, "torch", "%s is in it", t->machine->torch->version);
	else
		tell(t, "torch", "is not in it");
	for (size_t i = 0; i < packages->n; i++)
		if (str_same(packages->item[i].name, "setuptools") || str_starts(packages->item[i].name, "mmcv"))
			tell(t, packages->item[i].name, "%s", packages->item[i].version);
}

static void
tell_driver(const struct telling *t)
{
	const struct driver *driver = t->machine->driver;

	if (!driver)
		tell(t, "driver", "none is loaded here");
	else if (driver->cuda.n)
		tell(t, "driver", "%s, which runs CUDA up to %s", driver->version, version_says(t->run, &driver->cuda));
	else
		tell(t, "driver", "%s", driver->version);
	for (size_t i = 0; i < t->machine->gpus.n; i++) {
		const struct gpu *gpu = &t->machine->gpus.item[i];

		tell(t, "GPU", "%s%s%s", gpu->name, gpu->arch ? ", sm_" : "", gpu->arch ? gpu->arch : "");
	}
}

static void
tell_loader(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;
	const char *path = run_env(t->run, "LD_LIBRARY_PATH");

	tell(t, "loader", "LD_LIBRARY_PATH%s%s", path ? "=" : " is not set here", path ? path : "");
	if (torch && torch->cudart_soname)
		tell(t, "torch", "%s loads %s%s%s", torch->version, torch->cudart_soname, torch->cudart_file ? ": " : "",
		     torch->cudart_file ? torch->cudart_file : "");
}

/* Whether the torch here exports the symbol; if not, what it has of nearly that name. */
static void
tell_symbol(const struct telling *t)
{
	static const char *const names[] = {
		"libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch_python.so",
	};
	const struct torch *torch = t->machine->torch;
	struct elf_symbol symbol = { .name = t->name };
	struct elf_symbols symbols = { &symbol, 1 };
	const char *near = NULL;

	if (!torch || !torch->lib_dir || !t->name)
		return;
	for (size_t i = 0; i < 5 && !symbol.found_in; i++)
		elf_resolve(t->run, path_join(&t->run->arena, torch->lib_dir, names[i]), &symbols);
	for (size_t i = 0; i < 5 && !symbol.found_in && !near; i++)
		near = elf_nearest(t->run, path_join(&t->run->arena, torch->lib_dir, names[i]), t->name,
				   strlen(t->name) * 2 / 3);
	if (symbol.found_in)
		tell(t, "torch", "%s, the one here, has it: the log is of another one", torch->version);
	else if (near)
		tell(t, "torch", "%s, the one here, has it not, but has %s", torch->version, near);
	else
		tell(t, "torch", "%s, the one here, has it not, nor anything like it", torch->version);
	if (torch->cxx11_abi >= 0)
		tell(t, "string", "torch here has _GLIBCXX_USE_CXX11_ABI=%d", torch->cxx11_abi);
}

static void
tell_standard(const struct telling *t)
{
	const struct torch *torch = t->machine->torch;

	if (torch && torch->cxx_std)
		tell(t, "torch", "%s demands C++%d (%s)", torch->version, torch->cxx_std, torch->cxx_std_from);
}

static void
tell_memory(const struct telling *t)
{
	const struct computer *computer = t->machine->computer;

	if (computer && computer->memory >= 0)
		tell(t, "memory", "%.1f GB can be had, for %d cores", (double)computer->memory / 1e9, computer->cores);
}

static const struct toolkit *
active_toolkit(const struct machine *machine)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].active)
			return &machine->toolkits.item[i];
	return NULL;
}

/* For the torch here, else for the log's; where no torch is told of, the active one. */
static const struct toolkit *
fitting_toolkit(const struct machine *machine, const struct hit *hit)
{
	const struct toolkit *fit;
	struct version cuda = { 0 };

	if (machine->torch)
		cuda = machine->torch->cuda;
	else if (hit_captured(hit, "torch"))
		version_parse(hit_captured(hit, "torch"), &cuda, NULL);
	if (!cuda.n)
		return active_toolkit(machine);
	fit = rank_best(&machine->toolkits, &cuda, NULL);
	return fit && (fit->abilities & CAN_EXTEND) ? fit : NULL;
}

static const struct { unsigned needs; void (*tell)(const struct telling *t); } rows[] = {
	[FACTS_NONE] = { 0, NULL },
	[FACTS_HOME] = { 0, tell_toolkits },
	[FACTS_MATCH] = { 0, tell_toolkits },
	[FACTS_ARCH] = { 0, tell_toolkits },
	[FACTS_COMPILER] = { NEED_DETAILS | NEED_COMPILERS, tell_compilers },
	[FACTS_STANDARD] = { 0, tell_standard },
	[FACTS_PYTHON] = { NEED_PACKAGES, tell_python },
	[FACTS_DRIVER] = { NEED_DRIVER | NEED_GPUS, tell_driver },
	[FACTS_LOADER] = { 0, tell_loader },
	[FACTS_SYMBOL] = { 0, tell_symbol },
	[FACTS_HEADER] = { 0, NULL },
	[FACTS_LIBRARY] = { 0, NULL },
	[FACTS_MEMORY] = { NEED_COMPUTER, tell_memory },
};

unsigned
explain_needs_to_get(const struct cause *cause)
{
	return strstr(cause->remedy, "{acquire:") ? NEED_TOOLKITS | NEED_TORCH | NEED_DRIVER | NEED_GPUS : 0;
}

unsigned
explain_needs(const struct hit *hit)
{
	enum cause_facts kind = hit->cause->facts;

	return (kind == FACTS_NONE ? 0 : NEED_TOOLKITS | NEED_TORCH | rows[kind].needs) | explain_needs_to_get(hit->cause);
}

void
explain_facts(struct run *run, const struct machine *machine, const struct hit *hit, struct facts *facts,
	      const char **spec)
{
	const struct telling t = { run, machine, active_toolkit(machine), fitting_toolkit(machine, hit),
				   hit_captured(hit, "name"), facts };
	enum cause_facts kind = hit->cause->facts;

	if (kind == FACTS_HEADER && t.name)
		tell_owners(&t, t.name, false);
	else if (kind == FACTS_LIBRARY && t.name)
		tell_owners(&t, explain_library(run, t.name), true);
	else if (kind == FACTS_LIBRARY)
		tell_toolkits(&t);
	else if (rows[kind].tell)
		rows[kind].tell(&t);
	*spec = t.fit ? version_text(&run->arena, &t.fit->version, 0) : NULL;
}
