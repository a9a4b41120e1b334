#include "cli/page.h"

#include <string.h>

#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/show.h"
#include "select/choice.h"

#define GB ((double)(1LL << 30))

static const char *const kinds[] = {
	[LIBCUDA_DRIVER] = "the driver's", [LIBCUDA_WSL] = "WSL's", [LIBCUDA_TEGRA] = "Tegra's",
	[LIBCUDA_COMPAT] = "cuda-compat's", [LIBCUDA_STUB] = "a stub for linking",
};

static void
add(struct run *run, struct facts *rows, const char *label, const char *text)
{
	for (size_t i = rows->n; i-- > 0;)
		if (rows->item[i].name[0]) {
			label = strcmp(rows->item[i].name, label) == 0 ? "" : label;
			break;
		}
	fact_add(run, rows, label, text);
}

static void
add_driver(struct run *run, struct facts *rows, const struct machine *machine)
{
	const struct driver *driver = machine->driver;

	if (driver)
		add(run, rows, "driver",
		    str_format(&run->arena, "%s%s", driver->version ? driver->version : "of unknown version",
			       driver->cuda.n ? str_format(&run->arena, ", runs CUDA up to %s",
							   version_text(&run->arena, &driver->cuda, 2))
					      : ""));
	for (size_t i = 0; i < machine->libcudas.n; i++) {
		const struct libcuda *l = &machine->libcudas.item[i];

		if (l->kind != LIBCUDA_STUB)
			add(run, rows, "driver",
			    str_format(&run->arena, "%s (%s%s%s)", l->path, kinds[l->kind], l->version ? ", " : "",
				       l->version ? l->version : ""));
	}
	if (!driver && !machine->libcudas.n)
		add(run, rows, "driver", "none");
	for (size_t i = 0; i < machine->gpus.n; i++)
		add(run, rows, "GPU",
		    str_format(&run->arena, "%s%s", machine->gpus.item[i].name,
			       machine->gpus.item[i].arch ? str_format(&run->arena, " (sm_%s)", machine->gpus.item[i].arch)
							  : ", in no table"));
	if (!machine->gpus.n)
		add(run, rows, "GPU", "none");
}

static void
add_toolkits(struct run *run, struct facts *rows, const struct machine *machine)
{
	struct choice_state choice = choice_here(run, machine);

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		add(run, rows, "toolkits",
		    str_format(&run->arena, "%s %s%s%s %s", version_text(&run->arena, &t->version, 0), show_state(t),
			       t->gap && t->state == STATE_BUILDS ? " (gap)" : "",
			       t == choice.taken ? ", taken here:" : "", t->root));
	}
	if (!machine->toolkits.n)
		add(run, rows, "toolkits", "none");
	if (choice.differs)
		add(run, rows, "choice", str_format(&run->arena, "%s%s", choice.differs, choice.chosen ? " → cuenv shell" : ""));
}

static void
add_python(struct run *run, struct facts *rows, const struct machine *machine)
{
	const struct python *python = machine->python;
	const struct torch *torch = machine->torch;

	if (!python) {
		add(run, rows, "Python", "none");
		return;
	}
	add(run, rows, "Python",
	    str_format(&run->arena, "%s %s (%s)", version_text(&run->arena, &python->version, 0), python->executable,
		       python->chosen_by));
	if (torch)
		add(run, rows, "torch",
		    str_format(&run->arena, "%s, %s%s%s%s%s%s", torch->version ? torch->version : "of unknown version",
			       torch->cuda.n ? str_format(&run->arena, "CUDA %s", version_text(&run->arena, &torch->cuda, 0))
			       : torch->hip	? "ROCm"
			       : torch->version ? show_other_device(torch)
						: "of unknown CUDA",
			       torch->cudnn ? ", cuDNN " : "", torch->cudnn ? torch->cudnn : "",
			       torch->cxx11_abi < 0 ? "" : torch->cxx11_abi ? ", cxx11 ABI 1" : ", cxx11 ABI 0",
			       torch->archs.n ? ", " : "", strings_join(&run->arena, &torch->archs, " ")));
	else
		add(run, rows, "torch", "none");
	for (size_t i = 0; i < machine->frameworks.n; i++) {
		const struct framework *f = &machine->frameworks.item[i];

		add(run, rows, f->name,
		    str_format(&run->arena, "%s%s%s%s%s", f->version ? f->version : "", f->cuda ? ", CUDA " : ", CPU only",
			       f->cuda ? f->cuda : "", f->cudnn ? ", cuDNN " : "", f->cudnn ? f->cudnn : ""));
	}
	for (size_t i = 0; i < machine->cudnns.n; i++)
		add(run, rows, "cuDNN",
		    str_format(&run->arena, "%s %s", machine->cudnns.item[i].version, machine->cudnns.item[i].dir));
}

static void
add_computer(struct run *run, struct facts *rows, const struct machine *machine)
{
	const struct computer *c = machine->computer;
	struct strings compilers = { 0 };

	for (size_t i = 0; i < machine->compilers.n; i++) {
		const struct compiler *one = &machine->compilers.item[i];

		strings_add(&run->arena, &compilers,
			    str_format(&run->arena, "%s (%s %s)", path_name(one->path), one->is_clang ? "clang" : "GCC",
				       one->version.n ? version_text(&run->arena, &one->version, 0) : "?"));
	}
	add(run, rows, "compilers", compilers.n ? strings_join(&run->arena, &compilers, ", ") : "none");
	if (!c)
		return;
	if (c->libc)
		add(run, rows, "libc", str_format(&run->arena, "glibc %s (%s)", c->libc, c->libc_from));
	add(run, rows, "computer",
	    str_format(&run->arena, "%s%s%s", c->cpu,
		       c->cores ? str_format(&run->arena, ", %d core%s", c->cores, c->cores == 1 ? "" : "s") : "",
		       c->memory < 0 ? ""
				     : str_format(&run->arena, ", %.1f GB free (%s)", (double)c->memory / GB, c->memory_from)));
}

struct facts
page_rows(struct run *run, const struct machine *machine)
{
	struct facts rows = { 0 };

	add_driver(run, &rows, machine);
	add_toolkits(run, &rows, machine);
	add_python(run, &rows, machine);
	add_computer(run, &rows, machine);
	return rows;
}
