/*
 * GPU code in a host file: section .nv_fatbin (in an object for separate compilation __nv_relfatbin) holds fat binaries one
 * behind another, each a header and entries with a header of their own; only headers are read, so compression does not matter.
 * NVIDIA does not publish the format; these fields were read off what nvcc 11.8, 12.4 and 13.0 write for known -gencode lists,
 * and give what cuobjdump --list-elf --list-ptx says. (cuobjdump 13.2 shows family cubins without their f; flags have it.)
 */
#include "base/elf_file.h"

#include <string.h>

#define MAGIC 0xba55ed50
#define PADDING 4096	/* bytes between two fat binaries that are searched for the next */

struct fatbin {
	uint32_t magic;
	uint16_t version, header_size;
	uint64_t size;			/* of the entries */
};

enum kind { KIND_PTX = 1, KIND_CUBIN = 2, KIND_LTO = 8 };
enum flag { FLAG_ACCELERATED = 0x100000, FLAG_FAMILY = 0x200000 };	/* sm_90a, sm_100f */

struct entry {
	uint16_t kind, version;
	uint32_t header_size;
	uint64_t size;			/* of what follows, padding included */
	uint32_t compressed, options, minor_major, arch, name, name_size;
	uint64_t flags;			/* 0x2000: LZ4, 0x8000: Zstandard */
};

static void
add_arch(struct elf_file *file, const struct entry *entry, struct strings *archs)
{
	const char *prefix = entry->kind == KIND_PTX ? "compute" : entry->kind == KIND_CUBIN ? "sm" :
			     entry->kind == KIND_LTO ? "lto" : NULL;
	const char *suffix = entry->flags & FLAG_ACCELERATED ? "a" : entry->flags & FLAG_FAMILY ? "f" : "";

	if (prefix && entry->arch < 10000)
		strings_add_once(&file->run->arena, archs,
				 str_format(&file->run->arena, "%s_%u%s", prefix, (unsigned)entry->arch, suffix));
}

/* False where the entries do not add up. */
static bool
read_entries(struct elf_file *file, size_t at, size_t end, struct strings *archs)
{
	struct entry entry;

	while (end - at >= sizeof(entry)) {
		if (!elf_file_copy(file, at, &entry, sizeof(entry)) || entry.header_size < sizeof(entry) ||
		    entry.header_size > end - at || entry.size > end - at - entry.header_size)
			return false;
		add_arch(file, &entry, archs);
		at += entry.header_size + entry.size;
	}
	return true;
}

static bool
read_fatbins(struct elf_file *file, size_t at, size_t end, struct strings *archs)
{
	struct fatbin head;

	for (size_t gap = 0; end - at >= sizeof(head) && gap < PADDING;) {
		if (!elf_file_copy(file, at, &head, sizeof(head)))
			return false;
		if (head.magic != MAGIC) {
			gap += 8;
			at += 8;
			continue;
		}
		if (head.header_size < sizeof(head) || head.header_size > end - at ||
		    head.size > end - at - head.header_size)
			return false;
		at += head.header_size;
		if (!read_entries(file, at, at + head.size, archs))
			return false;
		at += head.size + (-head.size & 7);
		gap = 0;
		if (at > end)
			break;
	}
	return true;
}

bool
elf_file_fatbin(struct elf_file *file, struct strings *archs)
{
	static const char *const names[] = { ".nv_fatbin", "__nv_relfatbin" };

	for (size_t i = 0; i < 2; i++) {
		size_t offset, size;

		if (elf_file_find(file, names[i], &offset, &size))
			return read_fatbins(file, offset, offset + size, archs);
	}
	return true;
}
