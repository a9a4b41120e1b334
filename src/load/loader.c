/*
 * The order in which a process gets its files (glibc elf/rtld.c, dl-deps.c, dl-load.c): the program, what LD_PRELOAD and
 * /etc/ld.so.preload name, then what these need, breadth first; then each opened file with what it needs. Who asks for a
 * name that a loaded file has as its soname, or was asked for by before, gets that file, wherever else one may lie.
 */
#include "load/loader.h"

#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/parts.h"

#define MOST 1000	/* files in one process */

/* Its elements end at colons or semicolons. */
static struct strings
split_path(struct run *run, const char *path)
{
	char *list = (char *)str_copy(&run->arena, path, strlen(path));

	for (char *at = list; (at = strchr(at, ';'));)
		*at = ':';
	return str_split(&run->arena, list, ':');
}

struct loader
loader_begin(struct run *run)
{
	struct loader loader = { .path = run_env(run, "LD_LIBRARY_PATH"), .preload = run_env(run, "LD_PRELOAD") };

	if (loader.path)
		loader.path_entries = split_path(run, loader.path);
	return loader;
}

bool
loader_may_look(struct run *run, struct loader *loader, size_t n)
{
	bool told = loader->looks > LOADER_LOOKS;

	loader->looks += n;
	if (loader->looks <= LOADER_LOOKS)
		return true;
	if (!told)
		run_left_out(run, loader->item[0].path,
			     str_format(&run->arena, "libraries are looked for in %d places", LOADER_LOOKS));
	return false;
}

static struct loaded *
find(const struct loader *loader, const char *name)
{
	for (size_t i = 0; i < loader->n; i++) {
		struct loaded *at = &loader->item[i];

		if (str_same(at->soname, name) || str_same(at->path, name) || strings_has(&at->names, name))
			return at;
	}
	return NULL;
}

const struct loaded *
loader_find(const struct loader *loader, const char *name)
{
	return find(loader, name);
}

/* The loaded file that is the same one under another path. */
static struct loaded *
same_file(const struct loader *loader, const struct stat *st)
{
	for (size_t i = 0; i < loader->n; i++)
		if (loader->item[i].device == st->st_dev && loader->item[i].inode == st->st_ino)
			return &loader->item[i];
	return NULL;
}

/* The file, loaded now or before; NULL when it cannot be read. */
static struct loaded *
add(struct run *run, struct loader *loader, const struct found *found, const char *name, size_t by)
{
	struct loaded *at;
	struct elf elf;
	struct stat st;

	if (!world_stat(run, found->path, &st))
		return NULL;
	at = same_file(loader, &st);
	if (!at) {
		if (loader->n == MOST || !elf_read(run, found->path, ELF_DYNAMIC, &elf))
			return NULL;
		at = list_add(&run->arena, loader);
		*at = (struct loaded){ .path = found->path, .elf = elf, .by = by, .found = *found, .device = st.st_dev,
				       .soname = elf.soname ? elf.soname : path_name(found->path), .inode = st.st_ino };
	}
	strings_add_once(&run->arena, &at->names, name);
	return at;
}

static void
add_needed(struct run *run, struct loader *loader, size_t index, const char *name)
{
	const struct loaded *there = loader_may_look(run, loader, 1) ? find(loader, name) : NULL;
	struct found found;

	if (!there && loader_search(run, loader, index, name, &found))
		there = add(run, loader, &found, name, index);
	if (there)
		strings_add(&run->arena, &loader->item[index].needs, there->path);
	else
		*list_add(&run->arena, &loader->absent) = (struct absent){ name, loader->item[index].path };
}

static void
add_preload(struct run *run, struct loader *loader, const char *list)
{
	for (list += strspn(list, " :\t\n"); *list; list += strspn(list, " :\t\n")) {
		size_t length = strcspn(list, " :\t\n");
		const char *name = str_copy(&run->arena, list, length);
		struct found found;
		struct loaded *at = NULL;

		list += length;
		if (find(loader, name))
			continue;
		if (loader_search(run, loader, 0, name, &found))
			at = add(run, loader, &found, name, 0);
		if (at)
			at->preloaded = true;
		else
			strings_add(&run->arena, &loader->ignored, name);
	}
}

static void
add_preloads(struct run *run, struct loader *loader)
{
	struct blob file = { 0 };

	if (loader->preload)
		add_preload(run, loader, loader->preload);
	if (world_read(run, "/etc/ld.so.preload", 65536, &file))
		add_preload(run, loader, file.data);
}

/* The loader itself is there before all that the program needs. */
static void
start(struct run *run, struct loader *loader)
{
	const char *itself = loader->item[0].elf.interpreter;
	struct found found = { itself, FOUND_PATH, "" };

	loader_tell(run, loader);
	if (itself)
		add(run, loader, &found, itself, 0);
	add_preloads(run, loader);
}

bool
loader_open(struct run *run, struct loader *loader, const char *path)
{
	size_t first = loader->n;
	struct found found = { path, FOUND_PATH, "" };

	if (find(loader, path))
		return true;
	if (!add(run, loader, &found, path, 0))
		return false;
	if (first == 0)
		start(run, loader);
	for (size_t i = first; i < loader->n; i++)
		for (size_t k = 0; k < loader->item[i].elf.needed.n; k++)
			add_needed(run, loader, i, loader->item[i].elf.needed.item[k]);
	return true;
}

const char *
loader_try(struct run *run, struct loader *loader, const char *path)
{
	size_t n = loader->n, absent = loader->absent.n;
	const char *missing;

	if (!loader_open(run, loader, path))
		return path;
	if (loader->absent.n == absent)
		return NULL;
	missing = loader->absent.item[absent].soname;
	loader->n = n;
	loader->absent.n = absent;
	return missing;
}

struct strings
loader_scope(struct run *run, const struct loader *loader, const char *path)
{
	struct strings scope = { 0 };
	const struct loaded *at = find(loader, path);

	if (at)
		strings_add(&run->arena, &scope, at->path);
	for (size_t i = 0; i < scope.n; i++) {
		at = find(loader, scope.item[i]);
		for (size_t k = 0; k < at->needs.n; k++)
			strings_add_once(&run->arena, &scope, at->needs.item[k]);
	}
	return scope;
}
