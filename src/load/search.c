/*
 * Where ld.so looks for a name without a slash (ld.so(8), glibc elf/dl-load.c _dl_map_object): DT_RPATH of the file that
 * needs it, of the one that needed that one, and so on, and of the program, each only where it has no DT_RUNPATH, and none
 * of them when the first has one; LD_LIBRARY_PATH; DT_RUNPATH of the file itself; ld.so.cache; the default folders. In each
 * folder the subfolders of glibc-hwcaps come first. A file for another machine is passed over; one that is no ELF file at
 * all ends the search with an error. Not replayed: the older hwcaps (tls, haswell) that glibc 2.37 gave up.
 */
#include <elf.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/parts.h"

/* $ORIGIN is the folder of the file as it was found; of the program, where it really is. */
static const char *
origin_of(struct run *run, const struct loader *loader, size_t index)
{
	const char *path = loader->item[index].path, *real = index ? NULL : world_real(run, path);

	return path_parent(&run->arena, real ? real : path);
}

/* The value of the token that text starts with, and its length; NULL when it starts with none. */
static const char *
token(struct run *run, const struct loader *loader, size_t index, const char *text, size_t *length)
{
	static const char *const names[] = { "ORIGIN", "LIB", "PLATFORM" };
	bool curly = text[1] == '{';

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(names[i]);

		if (strncmp(text + 1 + curly, names[i], n) || (curly && text[2 + n] != '}'))
			continue;
		*length = 1 + n + 2 * curly;
		return i == 0 ? origin_of(run, loader, index) : i == 1 ? loader->lib : loader->platform;
	}
	return NULL;
}

static const char *
expand(struct run *run, const struct loader *loader, size_t index, const char *entry)
{
	const char *dollar = strchr(entry, '$'), *value;
	size_t length;

	for (; dollar; dollar = strchr(dollar, '$')) {
		size_t before = (size_t)(dollar - entry);

		value = token(run, loader, index, dollar, &length);
		if (!value) {
			dollar++;
			continue;
		}
		entry = str_format(&run->arena, "%.*s%s%s", (int)before, entry, value, dollar + length);
		dollar = entry + before + strlen(value);
	}
	return entry;
}

enum fit { FIT_NOT, FIT_YES, FIT_ERROR };

static enum fit
fits(struct run *run, const struct loader *loader, const char *path)
{
	struct blob head;
	unsigned machine;

	if (!world_read_at(run, path, 0, 20, &head))
		return FIT_NOT;
	if (head.size < 20 || memcmp(head.data, ELFMAG, SELFMAG))
		return FIT_ERROR;
	machine = (unsigned char)head.data[18] | (unsigned)(unsigned char)head.data[19] << 8;
	return head.data[EI_CLASS] == ELFCLASS64 && (!loader->n || machine == loader->item[0].elf.machine) ? FIT_YES : FIT_NOT;
}

/* Whether the search ends in this folder: at a file that fits, or at one that nobody can load. */
static bool
in_folder(struct run *run, const struct loader *loader, const char *folder, const char *name, const char **path)
{
	const char *hwcaps = path_join(&run->arena, folder, "glibc-hwcaps");

	for (size_t i = 0; loader->hwcaps.n && world_is_dir(run, hwcaps) && i < loader->hwcaps.n; i++) {
		*path = path_join(&run->arena, path_join(&run->arena, hwcaps, loader->hwcaps.item[i]), name);
		if (fits(run, loader, *path) != FIT_NOT)
			return true;
	}
	*path = path_join(&run->arena, folder, name);
	return fits(run, loader, *path) != FIT_NOT;
}

/* entries are as written; index is the file whose $ORIGIN they mean. */
static bool
in_list(struct run *run, struct loader *loader, const struct strings *entries, size_t index, const char *name,
	enum found_by how, struct found *out)
{
	for (size_t i = 0; i < entries->n && loader_may_look(run, loader, 1); i++) {
		const char *folder = expand(run, loader, index, entries->item[i]), *path;

		if (entries->item[i][0] && !folder[0])
			continue;
		folder = path_clean(&run->arena, run->cwd, folder[0] ? folder : run->cwd);
		if (!in_folder(run, loader, folder, name, &path))
			continue;
		*out = (struct found){ path, how, entries->item[i] };
		return true;
	}
	return false;
}

static bool
in_rpaths(struct run *run, struct loader *loader, size_t index, const char *name, struct found *out)
{
	for (size_t i = index;; i = loader->item[i].by) {
		const struct elf *elf = &loader->item[i].elf;

		if (elf->inherited && in_list(run, loader, &elf->runpath, i, name, FOUND_RPATH, out))
			return true;
		if (i == loader->item[i].by)
			return false;
	}
}

bool
loader_search(struct run *run, struct loader *loader, size_t index, const char *name, struct found *out)
{
	const struct elf *elf = &loader->item[index].elf;
	bool runpath = elf->runpath.n && !elf->inherited;
	const char *path;

	name = expand(run, loader, index, name);
	if (strchr(name, '/')) {
		*out = (struct found){ path_clean(&run->arena, run->cwd, name), FOUND_PATH, "" };
		return world_is_file(run, out->path);
	}
	if ((!runpath && in_rpaths(run, loader, index, name, out)) ||
	    (loader->path && in_list(run, loader, &loader->path_entries, 0, name, FOUND_LD_LIBRARY_PATH, out)) ||
	    (runpath && in_list(run, loader, &elf->runpath, index, name, FOUND_RUNPATH, out)))
		return true;
	path = loader_may_look(run, loader, loader->cache.size >> 14) ? loader_cached(run, loader, name) : NULL;
	if (path && fits(run, loader, path) != FIT_NOT) {
		*out = (struct found){ path, FOUND_CACHE, "" };
		return true;
	}
	return in_list(run, loader, &loader->folders, index, name, FOUND_DEFAULT, out);
}
