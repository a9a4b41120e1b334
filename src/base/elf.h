/* elf.h: what a shared library or program states about itself, read with libelf (pread, never mapped: files may change). */
#ifndef BASE_ELF_H
#define BASE_ELF_H

#include "base/run.h"
#include "base/str.h"

/* Parts to read, or-ed: the dynamic section is cheap, the rest is not. */
enum elf_part { ELF_DYNAMIC = 1, ELF_UNDEFINED = 2, ELF_VERSIONS = 4, ELF_FATBIN = 8 };

struct elf_symbol {
	const char *name;
	const char *version;	/* GLIBCXX_3.4.30, or NULL */
	bool weak;
	const char *found_in;	/* set by elf_resolve */
};
struct elf_symbols { struct elf_symbol *item; size_t n; };

/* A version that the file needs from a library (verneed), or defines (verdef; library NULL). */
struct elf_version { const char *library, *name; };
struct elf_versions { struct elf_version *item; size_t n; };

struct elf {
	unsigned machine;		/* e_machine: EM_X86_64, EM_AARCH64, …; always read */
	const char *soname;		/* or NULL */
	struct strings needed;
	const char *interpreter;	/* of a program: the loader that it asks for, or NULL */
	struct strings runpath;		/* DT_RUNPATH, else DT_RPATH; $ORIGIN as written; an empty element is the current folder */
	bool inherited;			/* runpath is a DT_RPATH: what the file needs is looked for there too, and so on */
	struct elf_symbols undefined;	/* ELF_UNDEFINED */
	struct elf_versions needs, defines;	/* ELF_VERSIONS */
	struct strings archs;		/* ELF_FATBIN: "sm_80" for cubins, "compute_90" for PTX, in .nv_fatbin */
};

/* False when path is no whole ELF file; never crashes on a truncated one. */
bool elf_read(struct run *run, const char *path, unsigned parts, struct elf *out);

/* Marks found_in of those symbols not yet found that the file at path exports (with the version asked for). */
bool elf_resolve(struct run *run, const char *path, struct elf_symbols *symbols);

/* The exported name that has most of its beginning, at least shared characters, in common with name; NULL when none has.
 * Reads all names of the file: some 10 ms for libtorch_cpu. */
const char *elf_nearest(struct run *run, const char *path, const char *name, size_t shared);

/* The first max bytes of a section; false when the file has none of that name. */
bool elf_section(struct run *run, const char *path, const char *name, size_t max, struct blob *out);

/* Where in the file a section lies. */
bool elf_find_section(struct run *run, const char *path, const char *name, size_t *offset, size_t *size);

#endif
