/*
 * ~/.local before the environment: site.py puts the user's site-packages before that of a conda environment, a pyenv Python or a
 * venv with the system's packages (sys.path of CPython 3.6 to 3.14), so a `pip install --user` of years ago hides the torch that
 * was installed for this environment. The system's own Python is left out: there --user is how one installs beside the packages.
 */
#include "check/user_site.h"

#include <string.h>

#include "base/path.h"
#include "check/say.h"
#include "inspect/inspect.h"

static const char *
user_base(struct run *run)
{
	const char *base = run_env(run, "PYTHONUSERBASE"), *home = run_env(run, "HOME");

	return base ? base : home ? path_join(&run->arena, home, ".local") : NULL;
}

bool
user_site_hides(struct run *run, const struct machine *machine, struct torch *out)
{
	const char *base = user_base(run);
	struct python rest;
	size_t at = 0;

	if (!base || !machine->torch || !machine->python || strcmp(machine->python->prefix, "/usr") == 0)
		return false;
	rest = *machine->python;
	while (at < rest.site_dirs.n && !path_below(machine->torch->dir, rest.site_dirs.item[at]))
		at++;
	if (at == rest.site_dirs.n || !path_below(rest.site_dirs.item[at], base) || path_below(rest.prefix, base))
		return false;
	rest.site_dirs.item += at + 1;
	rest.site_dirs.n -= at + 1;
	return inspect_torch(run, &rest, out) && !path_below(out->dir, base);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	struct torch own;

	if (user_site_hides(run, machine, &own))
		say(run, out, "CE317", SEVERITY_WARN,
		    str_format(&run->arena, "the torch of %s hides the environment's own, %s at %s",
			       path_parent(&run->arena, machine->torch->dir), own.version ? own.version : "another", own.dir),
		    USER_SITE_REMEDY, say_torch(run, machine->torch), say_torch(run, &own), NULL);
}

const struct check check_user_site = {
	"user-site", "whether a torch in ~/.local hides the environment's own", NEED_TORCH, look,
};
