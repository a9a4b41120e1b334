/* elf_file.h: an ELF file while it is open; shared by the elf_*.c files and nobody else. Reads with pread what is asked for. */
#ifndef BASE_ELF_FILE_H
#define BASE_ELF_FILE_H

#include <elf.h>
#include <libelf.h>

#include "base/elf.h"

/* Offsets are into the file; 0: there is none. */
struct elf_file {
	struct run *run;
	const char *path;
	Elf *elf;
	int fd;
	size_t size;		/* of the file */
	Elf64_Phdr *segment;
	size_t segments;
	const Elf64_Dyn *dynamic;
	size_t dynamics;
	size_t strings, strings_size;
	size_t symbols;
	size_t hash, gnu_hash;	/* DT_HASH, DT_GNU_HASH */
	size_t versym, verneed, verdef;
};

/* Calls use with the open file; false when path is no whole 64-bit ELF file of this machine's byte order, or use says so. */
bool elf_file_open(struct run *run, const char *path, bool (*use)(struct elf_file *file, void *context), void *context);

/* Tells what is more than anybody needs; false, for a caller to return. */
bool elf_file_too_many(struct elf_file *file, size_t n, size_t most, const char *what);

/* Copies bytes of the file; false when they are not all there. For the many small reads. */
bool elf_file_copy(struct elf_file *file, size_t offset, void *to, size_t size);

/* Bytes of the file, valid while it is open; NULL when they are not all there. For the few large ones: libelf keeps a list. */
const void *elf_file_at(struct elf_file *file, size_t offset, size_t size);

/* A string of .dynstr in the arena; NULL when it is not there or longer than 64 KB. */
const char *elf_file_string(struct elf_file *file, size_t index);

/* Whether the string at index of .dynstr is this text. */
bool elf_file_says(struct elf_file *file, size_t index, const char *text);

/* Number of dynamic symbols. */
size_t elf_file_count(struct elf_file *file);

/* Walks sections: NULL at the end. Start with NULL. */
const Elf64_Shdr *elf_file_section(struct elf_file *file, Elf_Scn **section);

/* Where a section that is stored in the file lies; false when there is none of that name. */
bool elf_file_find(struct elf_file *file, const char *wanted, size_t *offset, size_t *size);

/* Version names by index of .gnu.version, NULL where there is none: those needed, or those defined. */
struct elf_names { const char **item; size_t n; };
struct elf_names elf_file_needs(struct elf_file *file, struct elf_versions *out);	/* out may be NULL */
struct elf_names elf_file_defines(struct elf_file *file, struct elf_versions *out);

/* The parts of elf_read. */
bool elf_file_undefined(struct elf_file *file, struct elf_symbols *out);
bool elf_file_fatbin(struct elf_file *file, struct strings *archs);

#endif
