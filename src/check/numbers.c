/*
 * The three CUDA versions of a machine, which people take for one: what the driver can run (nvidia-smi's number), what the
 * toolkit compiles, what torch brought with it.
 */
#include "check/say.h"

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct driver *driver = machine->driver;
	const struct toolkit *t = machine->toolkit;
	const struct torch *torch = wants_extension(machine) ? machine->torch : NULL;
	struct finding *finding;

	if (!driver || !driver->cuda.n || !(t || torch) ||
	    ((!t || version_same_minor(&t->version, &driver->cuda)) &&
	     (!torch || version_same_minor(&torch->cuda, &driver->cuda))))
		return;
	finding = say(run, out, "CE601", SEVERITY_NOTE,
		      str_format(&run->arena, "CUDA %s, nvidia-smi's number, is the newest that this driver runs; it says not "
				 "what is installed", version_text(&run->arena, &driver->cuda, 2)), NULL,
		      str_format(&run->arena, "driver %s: up to CUDA %s", driver->version ? driver->version : "",
				 version_text(&run->arena, &driver->cuda, 2)), NULL);
	if (t)
		strings_add(&run->arena, &finding->evidence,
			    str_format(&run->arena, "%s (nvcc compiles with this one)", say_toolkit(run, t)));
	if (torch)
		strings_add(&run->arena, &finding->evidence,
			    str_format(&run->arena, "%s (torch runs with this one)", say_torch(run, torch)));
}

const struct check check_numbers = {
	"numbers", "the CUDA versions of driver, toolkit and torch, explained", NEED_DRIVER | NEED_TOOLKITS | NEED_TORCH, look,
};
