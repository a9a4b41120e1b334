/*
 * The order in which ld.so looks for a library (ld.so(8), glibc elf/dl-load.c): one of that soname that is already there;
 * DT_RPATH of the file that needs it and of those that needed that one, unless the file has a DT_RUNPATH;
 * LD_LIBRARY_PATH; its DT_RUNPATH; ld.so.cache; the default directories. Not modelled: LD_PRELOAD, glibc-hwcaps folders.
 */
#include "verify/judge_loader.h"

#include <stdint.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"

#define MOST 1000	/* files in one process */

const struct loaded *
loader_find(const struct loader *loader, const char *name)
{
	for (size_t i = 0; i < loader->n; i++) {
		const struct loaded *at = &loader->item[i];

		if (str_same(at->soname, name) || str_same(at->path, name) || str_same(path_name(at->path), name))
			return at;
	}
	return NULL;
}

/* ld.so passes over files for another machine and looks on. */
static bool
fits(struct run *run, const struct loader *loader, const char *path)
{
	struct elf elf;

	return elf_read(run, path, 0, &elf) && (!loader->n || elf.machine == loader->item[0].elf.machine);
}

struct cache_head { char magic[20]; uint32_t n, strings; uint32_t unused[5]; };
struct cache_row { int32_t flags; uint32_t key, value, os; uint64_t hwcap; };

/* Format: glibc sysdeps/generic/dl-cache.h; an older table may stand before it. */
const char *
loader_cached(struct run *run, struct loader *loader, const char *soname)
{
	struct cache_head head;
	const char *at;

	if (!loader->cached) {
		loader->cached = true;
		world_read(run, "/etc/ld.so.cache", 16 << 20, &loader->cache);
	}
	at = blob_find(&loader->cache, "glibc-ld.so.cache1.1");
	if (!at || (size_t)(loader->cache.data + loader->cache.size - at) < sizeof(head))
		return NULL;
	memcpy(&head, at, sizeof(head));
	for (size_t i = 0, left = (size_t)(loader->cache.data + loader->cache.size - at); i < head.n; i++) {
		size_t where = sizeof(head) + i * sizeof(struct cache_row);
		struct cache_row row;

		if (where > left || left - where < sizeof(row))
			break;
		memcpy(&row, at + where, sizeof(row));
		if (row.key < left && row.value < left && !row.hwcap && strcmp(at + row.key, soname) == 0 &&
		    fits(run, loader, at + row.value))
			return at + row.value;
	}
	return NULL;
}

/* $ORIGIN is the folder of the file that names it. */
static const char *
expand(struct run *run, const char *directory, const char *file)
{
	const char *origin = strstr(directory, "$ORIGIN");
	size_t length = 7;

	if (!origin) {
		origin = strstr(directory, "${ORIGIN}");
		length = 9;
	}
	if (!origin)
		return directory;
	return str_format(&run->arena, "%.*s%s%s", (int)(origin - directory), directory,
			  path_parent(&run->arena, file), origin + length);
}

static const char *
in_dirs(struct run *run, const struct loader *loader, const struct strings *dirs, const char *file, const char *name)
{
	for (size_t i = 0; i < dirs->n; i++) {
		const char *directory = dirs->item[i][0] ? expand(run, dirs->item[i], file) : run->cwd;
		const char *path = path_clean(&run->arena, run->cwd, path_join(&run->arena, directory, name));

		if (fits(run, loader, path))
			return path;
	}
	return NULL;
}

static const char *
in_rpaths(struct run *run, const struct loader *loader, size_t index, const char *name)
{
	const struct loaded *at = &loader->item[index], *program = &loader->item[0];

	if (at->elf.runpath.n && !at->elf.inherited)
		return NULL;
	for (;; at = &loader->item[at->by]) {
		const char *path = at->elf.inherited ? in_dirs(run, loader, &at->elf.runpath, at->path, name) : NULL;

		if (path || at->by == (size_t)(at - loader->item))
			return path ? path :
			       program->elf.inherited ? in_dirs(run, loader, &program->elf.runpath, program->path, name) : NULL;
	}
}

static const char *
in_defaults(struct run *run, const struct loader *loader, const char *name)
{
	static const char *dirs[] = {
		"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu",
		"/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
	};

	return in_dirs(run, loader, &(struct strings){ dirs, sizeof(dirs) / sizeof(dirs[0]) }, "/", name);
}

static const char *
search(struct run *run, struct loader *loader, size_t index, const char *name)
{
	const char *path, *variable = run_env(run, "LD_LIBRARY_PATH");
	const struct loaded *at = &loader->item[index];
	struct strings dirs = { 0 };

	if (strchr(name, '/'))
		return name;
	path = in_rpaths(run, loader, index, name);
	if (!path && variable) {
		dirs = str_split(&run->arena, variable, ':');
		path = in_dirs(run, loader, &dirs, at->path, name);
	}
	if (!path && !at->elf.inherited)
		path = in_dirs(run, loader, &at->elf.runpath, at->path, name);
	if (!path)
		path = loader_cached(run, loader, name);
	if (!path)
		path = in_defaults(run, loader, name);
	return path ? path : in_dirs(run, loader, &loader->last_dirs, at->path, name);
}

static bool
add(struct run *run, struct loader *loader, const char *path, size_t by)
{
	struct loaded *at;
	struct elf elf;

	if (loader->n == MOST || !elf_read(run, path, ELF_DYNAMIC, &elf))
		return false;
	at = list_add(&run->arena, loader);
	*at = (struct loaded){ path, elf.soname ? elf.soname : path_name(path), elf, by, { 0 } };
	return true;
}

static void
add_needed(struct run *run, struct loader *loader, size_t index, const char *name)
{
	const struct loaded *there = loader_find(loader, name);
	const char *path = there ? there->path : search(run, loader, index, name);

	if (!there && (!path || !add(run, loader, path, index)))
		*list_add(&run->arena, &loader->absent) = (struct absent){ name, loader->item[index].path };
	else
		strings_add(&run->arena, &loader->item[index].needs, path);
}

bool
loader_open(struct run *run, struct loader *loader, const char *path)
{
	size_t first = loader->n;

	if (loader_find(loader, path))
		return true;
	if (!add(run, loader, path, first))
		return false;
	for (size_t i = first; i < loader->n; i++)
		for (size_t k = 0; k < loader->item[i].elf.needed.n; k++)
			add_needed(run, loader, i, loader->item[i].elf.needed.item[k]);
	return true;
}

struct strings
loader_scope(struct run *run, const struct loader *loader, const char *path)
{
	struct strings scope = { 0 };

	if (loader_find(loader, path))
		strings_add(&run->arena, &scope, path);
	for (size_t i = 0; i < scope.n; i++) {
		const struct loaded *at = loader_find(loader, scope.item[i]);

		for (size_t k = 0; k < at->needs.n; k++)
			strings_add_once(&run->arena, &scope, at->needs.item[k]);
	}
	return scope;
}
