/*
 * The driver against the CUDA runtimes that are to run on it. Since 11 every release of a major runs on the drivers of that
 * major's first one (minor-version compatibility): 11 from 450.80.02, 12 from 525.60.13, 13 from 580. Before, each release
 * has its own. Code that the driver has to translate (PTX) needs a driver as new as the toolkit that made it.
 */
#include "check/driver.h"

#include <string.h>

#include "base/data.h"
#include "check/archs.h"
#include "check/say.h"
#include "know/acquire.h"

struct version
driver_floor(struct run *run, int major)
{
	struct cJSON *table = data_table(run, "toolkits"), *row = json_child(json_get(table, "majors"));
	const char *first = str_format(&run->arena, "%d.0", major);
	struct version floor = { 0 };

	for (; row; row = json_next(row))
		if (json_number(json_get(row, "major")) == major)
			floor = data_version(row, "driver");
	return floor.n ? floor : data_version(data_row(json_get(table, "releases"), "version", first), "driver");
}

const struct libcuda *
driver_compat(const struct machine *machine)
{
	for (size_t i = 0; i < machine->libcudas.n; i++)
		if (machine->libcudas.item[i].configured && machine->libcudas.item[i].kind != LIBCUDA_STUB)
			return machine->libcudas.item[i].kind == LIBCUDA_COMPAT ? &machine->libcudas.item[i] : NULL;
	return NULL;
}

struct version
driver_version(const struct machine *machine)
{
	const struct libcuda *compat = driver_compat(machine);
	struct version version = { 0 };

	if (compat && compat->version)
		version_parse(compat->version, &version, NULL);
	else if (machine->driver && machine->driver->version)
		version_parse(machine->driver->version, &version, NULL);
	return version;
}

static const char *
drivers(struct run *run, const struct machine *machine)
{
	const struct libcuda *compat = driver_compat(machine);
	const struct driver *d = machine->driver;

	if (compat)
		return str_format(&run->arena, "%s: cuda-compat of driver %s", compat->path, compat->version);
	if (!d->cuda.n)
		return str_format(&run->arena, "driver %s", d->version ? d->version : "?");
	return str_format(&run->arena, "driver %s, up to CUDA %s", d->version ? d->version : "of this system",
			  version_text(&run->arena, &d->cuda, 2));
}

/* A torch of a CUDA that this driver runs, where there is one; else the driver has to be newer. */
static const char *
remedy(struct run *run, const struct machine *machine, bool torch, const struct version *floor)
{
	struct acquired other = { 0 };

	if (torch && machine->driver && machine->driver->cuda.n)
		other = acquire_torch(run, machine);
	return other.command ? other.command : acquired_text(acquire_driver(run, floor));
}

/* One runtime: torch's, TensorFlow's, the toolkit's. True when the driver is too old for it. */
static bool
too_old(struct run *run, const struct machine *machine, const char *who, const struct version *cuda, enum severity severity,
	const char *evidence, struct findings *out)
{
	struct version have = driver_version(machine), floor = driver_floor(run, cuda->part[0]), kernel = { 0 };

	if (machine->driver && machine->driver->version)
		version_parse(machine->driver->version, &kernel, NULL);
	if (!have.n || !floor.n || version_compare(&have, &floor) >= 0 || version_compare(&kernel, &floor) >= 0)
		return false;
	say(run, out, "CE604", severity,
	    str_format(&run->arena, "the driver is too old for %s: CUDA %d runs from driver %s on", who, cuda->part[0],
		       version_text(&run->arena, &floor, 0)),
	    remedy(run, machine, str_same(who, "torch"), &floor),
	    drivers(run, machine), evidence, NULL);
	return true;
}

/* A list with PTX for a GPU and no machine code for it, made by a toolkit that is newer than the driver. */
static void
ptx(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	const struct driver *driver = machine->driver;
	struct version minor;

	if (!t || !t->nvcc || t->version.n < 2 || !driver || !driver->cuda.n || driver_compat(machine))
		return;
	minor = (struct version){ 2, { t->version.part[0], t->version.part[1], 0, 0 } };
	if (t->version.part[0] != driver->cuda.part[0] || version_compare(&minor, &driver->cuda) <= 0)
		return;
	say(run, out, "CE603", SEVERITY_NOTE,
	    str_format(&run->arena, "this driver translates no PTX of CUDA %s: build machine code for your GPU (no +PTX alone)",
		       version_text(&run->arena, &minor, 0)),
	    NULL, drivers(run, machine), say_toolkit(run, t), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	int seen = 0;

	if (wants_extension(machine)) {
		seen = machine->torch->cuda.part[0];
		too_old(run, machine, "torch", &machine->torch->cuda, SEVERITY_FAIL, say_torch(run, machine->torch), out);
	}
	for (size_t i = 0; i < machine->frameworks.n; i++) {
		const struct framework *f = &machine->frameworks.item[i];
		struct version cuda;

		if (f->cuda && version_parse(f->cuda, &cuda, NULL))
			too_old(run, machine, f->name, &cuda, SEVERITY_WARN,
				str_format(&run->arena, "%s: CUDA %s", f->from, f->cuda), out);
	}
	if (t && t->nvcc && t->version.n && t->version.part[0] != seen)
		too_old(run, machine, "what the toolkit builds", &t->version, SEVERITY_WARN, say_toolkit(run, t), out);
	ptx(run, machine, out);
}

const struct check check_driver = {
	"driver", "the driver against the CUDA of torch, its like and the toolkit",
	NEED_DRIVER | NEED_LIBRARIES | NEED_TORCH | NEED_TOOLKITS | NEED_PACKAGES, look,
};
