/*
 * ld.so.cache, both formats (glibc sysdeps/generic/dl-cache.h): the new one begins with "glibc-ld.so.cache1.1", and may
 * stand behind an old one, "ld.so-1.7.0". Offsets in the new one count from its own head, in the old one from behind its
 * rows. A row for glibc-hwcaps says by its hwcap field's bit 62 that the low half is an index into the names that an
 * extension lists. Every offset is checked: the file is whatever lies there.
 */
#include <elf.h>
#include <stdint.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/parts.h"

#define NEW "glibc-ld.so.cache1.1"
#define OLD "ld.so-1.7.0"
#define EXTENSION_MAGIC 0xeaa42174u
#define EXTENSION_HWCAPS 1
#define HWCAP_EXTENSION ((uint64_t)1 << 62)
#define SECTIONS 64	/* of the extension; glibc writes two */

struct new_head { char magic[20]; uint32_t n, strings; uint8_t flags, pad[3]; uint32_t extension, unused[3]; };
struct new_row { int32_t flags; uint32_t key, value, os; uint64_t hwcap; };
struct old_head { char magic[12]; uint32_t n; };
struct old_row { int32_t flags; uint32_t key, value; };
struct section { uint32_t tag, flags, offset, size; };

static bool
copy(const struct blob *from, size_t offset, void *to, size_t size)
{
	if (offset > from->size || from->size - offset < size)
		return false;
	memcpy(to, from->data + offset, size);
	return true;
}

/* The text at offset; a blob ends in a NUL of its own. */
static const char *
text(const struct blob *from, size_t offset)
{
	return offset < from->size ? from->data + offset : NULL;
}

/* What flags a library of this machine has: ELF and glibc 2, and for 64 bits which (FLAG_X8664_LIB64, FLAG_AARCH64_LIB64). */
static int
wanted_flags(unsigned machine)
{
	return machine == EM_AARCH64 ? 0x0a03 : machine == EM_PPC64 ? 0x0503 : machine == EM_X86_64 ? 0x0303 : 3;
}

/* Where the names of the glibc-hwcaps subfolders are listed; size 0: nowhere. The extension is counted from the file's start. */
static struct section
hwcaps_of(const struct blob *file, uint32_t extension)
{
	struct section section = { 0 };
	uint32_t head[2];

	if (!extension || !copy(file, extension, head, sizeof(head)) || head[0] != EXTENSION_MAGIC)
		return section;
	for (uint32_t i = 0; i < head[1] && i < SECTIONS; i++)
		if (!copy(file, extension + sizeof(head) + i * sizeof(section), &section, sizeof(section)))
			break;
		else if (section.tag == EXTENSION_HWCAPS)
			return section;
	return (struct section){ 0 };
}

/*
 * 0: this processor, or this loader, does not take it; else the lower, the better; what has no hwcap comes last. Names are
 * counted from the new format's head, at start.
 */
static size_t
rank(const struct loader *loader, size_t start, const struct section *hwcaps, uint64_t hwcap)
{
	uint32_t index = (uint32_t)hwcap, at;
	const char *name = NULL;

	if (!hwcap)
		return loader->hwcaps.n + 1;
	if (hwcap & HWCAP_EXTENSION && index < hwcaps->size / 4 &&
	    copy(&loader->cache, hwcaps->offset + (size_t)index * 4, &at, 4))
		name = text(&loader->cache, start + at);
	for (size_t i = 0; name && i < loader->hwcaps.n; i++)
		if (strcmp(loader->hwcaps.item[i], name) == 0)
			return i + 1;
	return 0;
}

static const char *
find_new(const struct loader *loader, size_t start, int flags, const char *soname)
{
	struct blob at = { loader->cache.data + start, loader->cache.size - start };
	struct new_head head;
	struct new_row row;
	const char *best = NULL;
	size_t best_rank = SIZE_MAX;
	struct section hwcaps;

	if (!copy(&at, 0, &head, sizeof(head)))
		return NULL;
	hwcaps = hwcaps_of(&loader->cache, head.extension);
	for (uint32_t i = 0; i < head.n && copy(&at, sizeof(head) + i * sizeof(row), &row, sizeof(row)); i++) {
		const char *key = row.flags == flags ? text(&at, row.key) : NULL;
		size_t r = key && strcmp(key, soname) == 0 ? rank(loader, start, &hwcaps, row.hwcap) : 0;

		if (r && r < best_rank && text(&at, row.value)) {
			best_rank = r;
			best = text(&at, row.value);
		}
	}
	return best;
}

static const char *
find_old(const struct blob *file, int flags, const char *soname)
{
	struct old_head head;
	struct old_row row;
	size_t strings;

	if (!copy(file, 0, &head, sizeof(head)) || memcmp(head.magic, OLD, sizeof(OLD) - 1))
		return NULL;
	strings = sizeof(head) + head.n * sizeof(row);
	for (uint32_t i = 0; i < head.n && copy(file, sizeof(head) + i * sizeof(row), &row, sizeof(row)); i++) {
		const char *key = row.flags == flags ? text(file, strings + row.key) : NULL;

		if (key && strcmp(key, soname) == 0)
			return text(file, strings + row.value);
	}
	return NULL;
}

const char *
loader_cached(struct run *run, const struct loader *loader, const char *soname)
{
	const char *new = blob_find(&loader->cache, NEW), *found;
	int flags = loader->n ? wanted_flags(loader->item[0].elf.machine) : 0;

	if (new)
		found = find_new(loader, (size_t)(new - loader->cache.data), flags, soname);
	else
		found = find_old(&loader->cache, flags, soname);
	return found && found[0] == '/' ? path_clean(&run->arena, "/", found) : NULL;
}
