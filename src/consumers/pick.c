/* One consumer's looks, one after the other, until one gives a root. */
#include <string.h>

#include "base/path.h"
#include "base/version.h"
#include "base/world.h"
#include "consumers/consumers.h"
#include "load/loader.h"

struct looking {
	struct run *run;
	const struct machine *machine;
	const struct look *look;
	struct pick *pick;
};

static bool
note(struct looking *at, const char *where, const char *saw, bool taken)
{
	*list_add(&at->run->arena, &at->pick->sights) = (struct sight){ where, saw, taken };
	return taken;
}

/* Whether the look accepts this root; says what it saw. */
static bool
try(struct looking *at, const char *where, const char *root)
{
	struct arena *arena = &at->run->arena;
	const char *proof = at->look->proof, *file = proof && *proof ? path_join(arena, root, proof) : root;
	struct stat st;

	if (proof && !world_stat(at->run, file, &st))
		return note(at, where, str_format(arena, "%s is not there", file), false);
	at->pick->root = root;
	return note(at, where, root, true);
}

/* An nvcc in a folder that is no root: the root is the folder above. */
static bool
take_nvcc(struct looking *at, const char *where, const char *nvcc)
{
	at->pick->nvcc = nvcc;
	at->pick->root = path_parent(&at->run->arena, path_parent(&at->run->arena, nvcc));
	return note(at, where, nvcc, true);
}

/* Whether it is there at all; run_env takes an empty variable for none. */
static bool
is_set(const struct run *run, const char *name)
{
	size_t length = strlen(name);

	for (char *const *at = run->environ; at && *at; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
			return true;
	return false;
}

static bool
by_variable(struct looking *at)
{
	const char *value = run_env(at->run, at->look->what);

	if (!value)
		return note(at, at->look->what, is_set(at->run, at->look->what) ? "is empty" : "is not set", false);
	return try(at, at->look->what, path_clean(&at->run->arena, at->run->cwd, value));
}

static bool
by_list(struct looking *at)
{
	const char *value = run_env(at->run, at->look->what);
	struct strings roots = { 0 };

	if (!value)
		return note(at, at->look->what, "is not set", false);
	roots = str_split(&at->run->arena, value, ',');
	for (size_t i = 0; i < roots.n; i++)
		if (roots.item[i][0] && try(at, at->look->what, path_clean(&at->run->arena, at->run->cwd, roots.item[i])))
			return true;
	return false;
}

static bool
by_compiler(struct looking *at)
{
	const char *value = run_env(at->run, at->look->what), *nvcc;

	if (!value)
		return note(at, at->look->what, "is not set", false);
	value = path_clean(&at->run->arena, at->run->cwd, value);
	if (!at->look->proof)
		return take_nvcc(at, at->look->what, value);
	nvcc = path_join(&at->run->arena, path_parent(&at->run->arena, value), at->look->proof);
	if (!world_is_file(at->run, value) || !world_is_program(at->run, nvcc))
		return note(at, at->look->what, str_format(&at->run->arena, "%s is no program", value), false);
	return take_nvcc(at, at->look->what, nvcc);
}

static bool
by_path(struct looking *at)
{
	const char *path = run_env(at->run, "PATH");
	struct strings dirs = path ? str_split(&at->run->arena, path, ':') : (struct strings){ 0 };

	for (size_t i = 0; i < dirs.n; i++) {
		const char *below = path_join(&at->run->arena, dirs.item[i], at->look->what);
		const char *tries[] = { path_join(&at->run->arena, below, "nvcc"),
					path_join(&at->run->arena, dirs.item[i], "nvcc") };

		for (size_t k = at->look->what[0] ? 0 : 1; k < 2; k++)
			if (dirs.item[i][0] == '/' && world_is_program(at->run, tries[k]))
				return take_nvcc(at, "PATH", path_clean(&at->run->arena, "/", tries[k]));
	}
	return note(at, "PATH", "has no nvcc", false);
}

static bool
by_newest(struct looking *at)
{
	struct arena *arena = &at->run->arena;
	struct strings names = { 0 };
	struct version best = { 0 }, version;
	const char *newest = NULL, *end;

	world_list(at->run, at->look->what, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *root = path_join(arena, at->look->what, names.item[i]);

		if (str_starts(names.item[i], "cuda-") && version_parse(names.item[i] + 5, &version, &end) && !*end &&
		    version.n == 2 && world_is_program(at->run, path_join(arena, root, at->look->proof)) &&
		    (!newest || version_compare(&version, &best) > 0)) {
			newest = root;
			best = version;
		}
	}
	return newest ? try(at, str_format(arena, "%s/cuda-X.Y", at->look->what), newest)
		      : note(at, str_format(arena, "%s/cuda-X.Y", at->look->what), "has none with nvcc", false);
}

static bool
by_prefix(struct looking *at)
{
	const struct python *python = at->machine->python;

	if (!python || !world_is_dir(at->run, path_join(&at->run->arena, python->prefix, at->look->what)))
		return note(at, "conda environment", "the Python is in none", false);
	return try(at, "conda environment", python->prefix);
}

static bool
by_wheel(struct looking *at)
{
	const struct python *python = at->machine->python;
	const char *name = str_format(&at->run->arena, "wheel nvidia/%s", at->look->what);

	for (size_t i = 0; python && i < python->site_dirs.n; i++) {
		const char *root = str_format(&at->run->arena, "%s/nvidia/%s", python->site_dirs.item[i], at->look->what);
		struct stat st;

		if (world_stat(at->run, path_join(&at->run->arena, root, at->look->proof), &st))
			return try(at, name, root);
	}
	return note(at, name, "is not installed", false);
}

/* /x/lib64/libcudart.so.12 or /x/targets/x86_64-linux/lib/… → /x */
static bool
by_loader(struct looking *at)
{
	struct arena *arena = &at->run->arena;
	const struct python *python = at->machine->python;
	struct loader loader = loader_begin(at->run);
	struct found found;

	if (python && python->real && loader_open(at->run, &loader, python->real))
		for (int major = 13; major >= 12; major--) {
			const char *root;

			if (!loader_search(at->run, &loader, 0, str_format(arena, "%s.%d", at->look->what, major), &found))
				continue;
			root = path_parent(arena, path_parent(arena, found.path));
			if (strstr(root, "/targets/"))
				root = path_parent(arena, path_parent(arena, root));
			return try(at, "ld.so", root);
		}
	return note(at, "ld.so", str_format(arena, "finds no %s", at->look->what), false);
}

static bool
see(struct looking *at)
{
	switch (at->look->kind) {
	case LOOK_VARIABLE:
	case LOOK_FIRST:
	case LOOK_SET:
		return by_variable(at);
	case LOOK_LIST:
		return by_list(at);
	case LOOK_COMPILER:
		return by_compiler(at);
	case LOOK_PATH:
		return by_path(at);
	case LOOK_FOLDER:
		return try(at, at->look->what, at->look->what);
	case LOOK_NEWEST:
		return by_newest(at);
	case LOOK_PREFIX:
		return by_prefix(at);
	case LOOK_WHEEL:
		return by_wheel(at);
	case LOOK_LOADER:
		return by_loader(at);
	}
	return false;
}

static const struct toolkit *
toolkit_of(struct run *run, const struct machine *machine, const struct pick *pick)
{
	const char *nvcc = world_real(run, pick->nvcc), *root = world_real(run, pick->root);

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];

		if ((nvcc && t->nvcc && str_same(world_real(run, t->nvcc), nvcc)) || str_same(t->root, root))
			return t;
	}
	return NULL;
}

struct pick
consumer_pick(struct run *run, const struct machine *machine, const struct consumer *consumer)
{
	struct pick pick = { .consumer = consumer };
	struct looking at = { run, machine, NULL, &pick };
	const char *own = consumer->variable ? run_env(run, consumer->variable) : NULL;
	bool over = false, first = false;

	for (size_t i = 0; !over && !pick.root && i < consumer->n; i++) {
		enum look_kind kind = consumer->looks[i].kind;
		bool set = is_set(run, consumer->looks[i].what), filled = run_env(run, consumer->looks[i].what) != NULL;

		if (kind == LOOK_FIRST && first)
			continue;
		at.look = &consumer->looks[i];
		see(&at);
		over = (kind == LOOK_LIST && filled) || (kind == LOOK_SET && set);
		first = first || (kind == LOOK_FIRST && filled);
	}
	if (!pick.root)
		return pick;
	if (own)
		pick.nvcc = path_clean(&run->arena, run->cwd, own);
	else if (!pick.nvcc)
		pick.nvcc = path_join(&run->arena, pick.root, "bin/nvcc");
	pick.there = world_is_program(run, pick.nvcc);
	pick.toolkit = toolkit_of(run, machine, &pick);
	return pick;
}
