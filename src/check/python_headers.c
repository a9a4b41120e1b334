/* Python.h: every extension includes it, and distributions pack it apart. */
#include "check/python_headers.h"

#include "check/say.h"
#include "know/acquire.h"

void
python_headers_lack(struct run *run, const struct python *python, enum severity severity, struct findings *out)
{
	const char *version = version_text(&run->arena, &python->version, 2);

	if (!python->include_dir)
		say(run, out, "CE304", severity, str_format(&run->arena, "the headers of Python %s are not installed", version),
		    acquired_text(acquire_headers(run, python)),
		    str_format(&run->arena, "%s: no Python.h in its include folder", python->real), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	bool builds = machine->toolkit && (machine->toolkit->abilities & CAN_EXTEND);

	if (wants_extension(machine))
		python_headers_lack(run, machine->python, builds ? SEVERITY_FAIL : SEVERITY_NOTE, out);
}

const struct check check_python_headers = {
	"python-headers", "whether Python.h is here", NEED_TORCH | NEED_TOOLKITS, look,
};
