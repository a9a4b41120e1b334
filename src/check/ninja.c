/* torch.utils.cpp_extension runs "ninja --version" from PATH: load() stops without it, setup.py falls back to one job. */
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "know/acquire.h"

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const char *beside, *remedy;

	if (!wants_extension(machine) || world_on_path(run, "ninja", 0))
		return;
	beside = path_join(&run->arena, machine->python->prefix, "bin/ninja");
	remedy = acquired_text(acquire_packages(run, machine->python, machine->torch, "ninja"));
	if (world_is_program(run, beside))
		remedy = str_format(&run->arena, "export PATH=%s/bin:\"$PATH\"",
				    str_quote(&run->arena, machine->python->prefix));
	say(run, out, "CE802", SEVERITY_WARN,
	    "ninja is not on PATH: torch's load() stops, and a setup.py build compiles one file after the other", remedy,
	    "PATH: no ninja", world_is_program(run, beside) ? str_format(&run->arena, "%s: not on PATH", beside) : NULL, NULL);
}

const struct check check_ninja = { "ninja", "whether ninja is on PATH", NEED_TORCH, look };
