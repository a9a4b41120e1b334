/*
 * Opening an ELF file with libelf (ELF_C_READ: pread, never mapped) and finding its dynamic section through the program
 * headers, as the loader does. Section headers serve only what the loader does not need. A file is whole when all that its
 * headers promise lies within it.
 */
#define _GNU_SOURCE
#include "base/elf_file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/world.h"

/* What libelf would take memory for; no real file has nearly as many. */
#define SECTIONS_MAX 500000
#define SEGMENTS_MAX 10000
#define DYNAMICS_MAX 65536

struct opening {
	struct run *run;
	const char *path;
	bool (*use)(struct elf_file *file, void *context);
	void *context;
};

static bool
within(const struct elf_file *file, size_t offset, size_t size)
{
	return offset <= file->size && size <= file->size - offset;
}

bool
elf_file_too_many(struct elf_file *file, size_t n, size_t most, const char *what)
{
	run_left_out(file->run, file->path,
		     str_format(&file->run->arena, "it says to have %zu %s; up to %zu are read", n, what, most));
	return false;
}

bool
elf_file_copy(struct elf_file *file, size_t offset, void *to, size_t size)
{
	return within(file, offset, size) && pread(file->fd, to, size, (off_t)offset) == (ssize_t)size;
}

const void *
elf_file_at(struct elf_file *file, size_t offset, size_t size)
{
	Elf_Data *data;

	if (!within(file, offset, size) || size == 0)
		return NULL;
	data = elf_getdata_rawchunk(file->elf, (int64_t)offset, size, ELF_T_BYTE);
	return data && data->d_size == size ? data->d_buf : NULL;
}

const char *
elf_file_string(struct elf_file *file, size_t index)
{
	char text[65536];

	for (size_t want = 256; want <= sizeof(text); want *= 16) {
		size_t left = index < file->strings_size ? file->strings_size - index : 0;
		size_t size = left < want ? left : want;
		bool ok = elf_file_copy(file, file->strings + index, text, size);
		const char *end = ok ? memchr(text, '\0', size) : NULL;

		if (end)
			return str_copy(&file->run->arena, text, (size_t)(end - text));
		if (size < want)
			break;
	}
	return NULL;
}

bool
elf_file_says(struct elf_file *file, size_t index, const char *text)
{
	char part[512];

	for (size_t left = strlen(text) + 1, n; left; left -= n, text += n, index += n) {
		n = left < sizeof(part) ? left : sizeof(part);
		if (!elf_file_copy(file, file->strings + index, part, n) || memcmp(part, text, n))
			return false;
	}
	return true;
}

const Elf64_Shdr *
elf_file_section(struct elf_file *file, Elf_Scn **section)
{
	*section = elf_nextscn(file->elf, *section);
	return *section ? elf64_getshdr(*section) : NULL;
}

bool
elf_file_find(struct elf_file *file, const char *wanted, size_t *offset, size_t *size)
{
	const Elf64_Shdr *header;
	Elf_Scn *at = NULL;
	size_t names;

	if (elf_getshdrstrndx(file->elf, &names) < 0)
		return false;
	while ((header = elf_file_section(file, &at))) {
		const char *name = elf_strptr(file->elf, names, header->sh_name);

		if (!name || strcmp(name, wanted) || header->sh_type == SHT_NOBITS)
			continue;
		*offset = header->sh_offset;
		*size = header->sh_size;
		return within(file, *offset, *size);
	}
	return false;
}

/* Where an address of the loaded file lies in the file; 0 when it is not stored there. */
static size_t
offset_of(const struct elf_file *file, size_t address)
{
	for (size_t i = 0; i < file->segments; i++) {
		const Elf64_Phdr *at = &file->segment[i];

		if (at->p_type == PT_LOAD && address >= at->p_vaddr && address - at->p_vaddr < at->p_filesz)
			return at->p_offset + (address - at->p_vaddr);
	}
	return 0;
}

/* Addresses still: where in the file they are is looked up once for each, however often an entry is repeated. */
static void
note_dynamic(struct elf_file *file, const Elf64_Dyn *entry)
{
	size_t value = entry->d_un.d_val;

	switch (entry->d_tag) {
	case DT_STRTAB: file->strings = value; break;
	case DT_STRSZ: file->strings_size = value; break;
	case DT_SYMTAB: file->symbols = value; break;
	case DT_HASH: file->hash = value; break;
	case DT_GNU_HASH: file->gnu_hash = value; break;
	case DT_VERSYM: file->versym = value; break;
	case DT_VERNEED: file->verneed = value; break;
	case DT_VERDEF: file->verdef = value; break;
	default: break;
	}
}

static void
find_offsets(struct elf_file *file)
{
	size_t *const all[] = { &file->strings, &file->symbols, &file->hash, &file->gnu_hash, &file->versym, &file->verneed,
				&file->verdef };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		*all[i] = *all[i] ? offset_of(file, *all[i]) : 0;
}

/* A file without a dynamic section (an object, a static program) is whole too. */
static bool
find_dynamic(struct elf_file *file)
{
	const Elf64_Phdr *dynamic = NULL;

	for (size_t i = 0; i < file->segments; i++)
		if (file->segment[i].p_type == PT_DYNAMIC && file->segment[i].p_filesz >= sizeof(Elf64_Dyn))
			dynamic = &file->segment[i];
	if (!dynamic)
		return true;
	file->dynamics = dynamic->p_filesz / sizeof(Elf64_Dyn);
	if (file->dynamics > DYNAMICS_MAX)
		return elf_file_too_many(file, file->dynamics, DYNAMICS_MAX, "entries of its dynamic section");
	file->dynamic = elf_file_at(file, dynamic->p_offset, file->dynamics * sizeof(Elf64_Dyn));
	if (!file->dynamic)
		return false;
	for (size_t i = 0; i < file->dynamics; i++) {
		if (file->dynamic[i].d_tag == DT_NULL)
			file->dynamics = i;
		else
			note_dynamic(file, &file->dynamic[i]);
	}
	find_offsets(file);
	return !file->strings || within(file, file->strings, file->strings_size);
}

static bool
is_whole(struct elf_file *file)
{
	const Elf64_Ehdr *header = elf64_getehdr(file->elf);
	size_t sections;

	if (!header || elf_getphdrnum(file->elf, &file->segments) < 0 || elf_getshdrnum(file->elf, &sections) < 0)
		return false;
	file->segment = file->segments ? elf64_getphdr(file->elf) : NULL;
	if (file->segments && !file->segment)
		return false;
	for (size_t i = 0; i < file->segments; i++)
		if (file->segment[i].p_type == PT_LOAD &&
		    !within(file, file->segment[i].p_offset, file->segment[i].p_filesz))
			return false;
	if (sections < header->e_shnum)
		sections = header->e_shnum;	/* libelf says 0 where the table is cut */
	if (header->e_shoff && !within(file, header->e_shoff, sections * sizeof(Elf64_Shdr)))
		return false;
	return (file->segments || sections) && find_dynamic(file);
}

/*
 * A 64-bit ELF file of this machine's byte order, with as many sections and segments as files have: libelf takes memory for
 * those that the headers claim. From 65280 sections on the first one says how many there are.
 */
static bool
is_readable(struct elf_file *file)
{
	static const unsigned one = 1;
	const int order = *(const char *)&one ? ELFDATA2LSB : ELFDATA2MSB;
	Elf64_Shdr first = { .sh_size = 0 };
	size_t sections, segments;
	Elf64_Ehdr header;

	if (!elf_file_copy(file, 0, &header, sizeof(header)) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
	    header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != order)
		return false;
	sections = header.e_shnum, segments = header.e_phnum;
	if (header.e_shoff && elf_file_copy(file, header.e_shoff, &first, sizeof(first))) {
		sections = sections ? sections : first.sh_size;
		segments = segments == PN_XNUM ? first.sh_info : segments;
	}
	if (sections > SECTIONS_MAX)
		return elf_file_too_many(file, sections, SECTIONS_MAX, "sections");
	return segments <= SEGMENTS_MAX || elf_file_too_many(file, segments, SEGMENTS_MAX, "segments");
}

static bool
open_elf(int fd, void *context)
{
	struct opening *opening = context;
	struct elf_file file = { .run = opening->run, .path = opening->path, .fd = fd };
	struct stat st;
	bool ok;

	if (elf_version(EV_CURRENT) == EV_NONE || fstat(fd, &st) < 0)
		return false;
	file.size = (size_t)st.st_size;
	if (!is_readable(&file))
		return false;
	file.elf = elf_begin(fd, ELF_C_READ, NULL);
	ok = file.elf && elf_kind(file.elf) == ELF_K_ELF && is_whole(&file) && opening->use(&file, opening->context);
	if (file.elf)
		elf_end(file.elf);
	return ok;
}

bool
elf_file_open(struct run *run, const char *path, bool (*use)(struct elf_file *file, void *context), void *context)
{
	struct opening opening = { run, path, use, context };

	return world_with_file(run, path, open_elf, &opening);
}
