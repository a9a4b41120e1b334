/* Where an #include leads: the folders of the unit's flags, then those that a compiler of this machine has by itself. */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/text.h"

static bool
below_any(const char *path, const struct strings *dirs)
{
	for (size_t i = 0; i < dirs->n; i++)
		if (path_below(path, dirs->item[i]))
			return true;
	return false;
}

bool
text_own(const struct text_walk *walk, const char *path)
{
	const struct machine *machine = walk->plan->machine;

	if (machine && machine->torch && path_below(path, machine->torch->dir))
		return false;
	if (machine && machine->toolkit && below_any(path, &machine->toolkit->include_dirs))
		return false;
	if (below_any(path, &walk->unit->flags->system_dirs))
		return false;
	if (walk->plan->dir && path_below(path, walk->plan->dir))
		return true;
	return !path_below(path, "/usr") || below_any(path, &walk->unit->flags->include_dirs);
}

static const char *
look(struct run *run, const struct strings *dirs, const char *name)
{
	for (size_t i = 0; i < dirs->n; i++) {
		const char *path = path_join(&run->arena, dirs->item[i], name);

		if (world_is_there(run, path))
			return path;
	}
	return NULL;
}

/* dir, and each folder in it that looks like a release of GCC. */
static void
add_releases(struct run *run, const char *dir, const char *below, struct strings *out)
{
	struct strings names = { 0 };

	world_list(run, dir, &names);
	for (size_t i = names.n; i-- > 0;)
		if (names.item[i][0] >= '1' && names.item[i][0] <= '9')
			strings_add(&run->arena, out, str_format(&run->arena, "%s/%s%s", dir, names.item[i], below));
}

/* A compiler's own folders, by the prefix that it is installed in: /usr, a conda environment. */
static void
add_prefix(struct run *run, const char *prefix, struct strings *out)
{
	struct strings triples = { 0 };
	const char *lib = path_join(&run->arena, prefix, "lib/gcc");

	add_releases(run, path_join(&run->arena, prefix, "include/c++"), "", out);
	world_list(run, lib, &triples);
	for (size_t i = 0; i < triples.n; i++) {
		const char *triple = triples.item[i], *own = str_format(&run->arena, "%s/%s", prefix, triple);

		add_releases(run, path_join(&run->arena, lib, triple), "/include", out);
		add_releases(run, path_join(&run->arena, lib, triple), "/include/c++", out);
		add_releases(run, path_join(&run->arena, own, "include/c++"), "", out);
		strings_add(&run->arena, out, path_join(&run->arena, own, "sysroot/usr/include"));
		strings_add(&run->arena, out, str_format(&run->arena, "%s/include/%s", prefix, triple));
		add_releases(run, str_format(&run->arena, "%s/include/%s/c++", prefix, triple), "", out);
	}
	strings_add(&run->arena, out, path_join(&run->arena, prefix, "include"));
}

static void
add_variable(struct run *run, const char *name, struct strings *out)
{
	const char *value = run_env(run, name);
	struct strings dirs = value ? str_split(&run->arena, value, ':') : (struct strings){ 0 };

	for (size_t i = 0; i < dirs.n; i++)
		if (dirs.item[i][0] == '/')
			strings_add_once(&run->arena, out, dirs.item[i]);
}

const struct strings *
text_system(const struct text_walk *walk)
{
	struct run *run = walk->run;
	const struct machine *machine = walk->plan->machine;
	struct strings *out = &walk->texts->system, prefixes = { 0 };

	if (out->n)
		return out;
	strings_add(&run->arena, &prefixes, "/usr");
	for (size_t i = 0; machine && i < machine->compilers.n; i++) {
		const char *real = machine->compilers.item[i].real, *path = real ? real : machine->compilers.item[i].path;

		strings_add_once(&run->arena, &prefixes, path_parent(&run->arena, path_parent(&run->arena, path)));
	}
	add_variable(run, "CPATH", out);
	add_variable(run, "CPLUS_INCLUDE_PATH", out);
	strings_add(&run->arena, out, "/usr/local/include");
	for (size_t i = 0; i < prefixes.n; i++)
		add_prefix(run, prefixes.item[i], out);
	return out;
}

bool
text_knows_system(const struct text_walk *walk)
{
	return look(walk->run, text_system(walk), "vector") != NULL;
}

const char *
text_lookup(const struct text_walk *walk, const char *from, const char *name, bool angled)
{
	const struct scan_flags *flags = walk->unit->flags;
	struct run *run = walk->run;
	const char *path, *found;

	if (name[0] == '/')
		return world_is_there(run, name) ? name : NULL;
	path = angled ? NULL : path_join(&run->arena, path_parent(&run->arena, from), name);
	if (path && world_is_there(run, path))
		return path;
	if ((found = look(run, &flags->include_dirs, name)) || (found = look(run, &flags->system_dirs, name)))
		return found;
	if (flags->cuda && walk->plan->machine && walk->plan->machine->toolkit &&
	    (found = look(run, &walk->plan->machine->toolkit->include_dirs, name)))
		return found;
	return look(run, text_system(walk), name);
}
