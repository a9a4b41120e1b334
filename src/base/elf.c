/*
 * What an ELF file states about itself. DT_NEEDED, DT_SONAME, DT_RUNPATH and DT_RPATH come from the dynamic section, which
 * the program headers locate: a library of 400 MB costs a few reads of some hundred bytes.
 */
#include "base/elf.h"

#include <string.h>

#include "base/elf_file.h"
#include "base/world.h"

#define NEEDED_MAX 1000

struct reading {
	unsigned parts;
	struct elf *out;
};

static void
add_paths(struct elf_file *file, struct strings *out, size_t string)
{
	const char *text = elf_file_string(file, string);
	struct strings pieces = { 0 };

	if (text && *text)
		pieces = str_split(&file->run->arena, text, ':');
	for (size_t i = 0; i < pieces.n; i++)
		strings_add(&file->run->arena, out, pieces.item[i]);
}

static void
read_interpreter(struct elf_file *file, struct elf *out)
{
	char path[256];

	for (size_t i = 0; i < file->segments; i++) {
		const Elf64_Phdr *at = &file->segment[i];

		if (at->p_type == PT_INTERP && at->p_filesz && at->p_filesz <= sizeof(path) &&
		    elf_file_copy(file, at->p_offset, path, at->p_filesz) && !path[at->p_filesz - 1])
			out->interpreter = str_copy(&file->run->arena, path, strlen(path));
	}
}

/* Of several of a kind the last counts, as for ld.so; DT_RPATH only where there is no DT_RUNPATH (ld.so(8)). */
static void
read_dynamic(struct elf_file *file, struct elf *out)
{
	struct strings rpath = { 0 };
	size_t needed = 0, soname = 0, runpath_at = 0, rpath_at = 0;

	for (size_t i = 0; i < file->dynamics; i++) {
		const Elf64_Dyn *entry = &file->dynamic[i];
		const char *name;

		if (entry->d_tag == DT_SONAME)
			soname = entry->d_un.d_val;
		else if (entry->d_tag == DT_RUNPATH)
			runpath_at = entry->d_un.d_val;
		else if (entry->d_tag == DT_RPATH)
			rpath_at = entry->d_un.d_val;
		else if (entry->d_tag == DT_NEEDED && needed++ < NEEDED_MAX && (name = elf_file_string(file, entry->d_un.d_val)))
			strings_add(&file->run->arena, &out->needed, name);
	}
	if (needed > NEEDED_MAX)
		elf_file_too_many(file, needed, NEEDED_MAX, "needed libraries");
	out->soname = soname ? elf_file_string(file, soname) : NULL;
	if (runpath_at)
		add_paths(file, &out->runpath, runpath_at);
	if (rpath_at)
		add_paths(file, &rpath, rpath_at);
	if (!out->runpath.n) {
		out->runpath = rpath;
		out->inherited = rpath.n > 0;
	}
}

static bool
read_parts(struct elf_file *file, void *context)
{
	struct reading *reading = context;
	struct elf *out = reading->out;

	out->machine = elf64_getehdr(file->elf)->e_machine;
	if (reading->parts & ELF_DYNAMIC) {
		read_dynamic(file, out);
		read_interpreter(file, out);
	}
	if (reading->parts & ELF_VERSIONS) {
		elf_file_needs(file, &out->needs);
		elf_file_defines(file, &out->defines);
	}
	if (reading->parts & ELF_UNDEFINED && !elf_file_undefined(file, &out->undefined))
		return false;
	return !(reading->parts & ELF_FATBIN) || elf_file_fatbin(file, &out->archs);
}

bool
elf_read(struct run *run, const char *path, unsigned parts, struct elf *out)
{
	struct elf elf = { 0 };
	struct reading reading = { parts, &elf };

	if (!elf_file_open(run, path, read_parts, &reading))
		return false;
	*out = elf;
	return true;
}

struct wanting {
	const char *name;
	size_t *offset, *size;
};

static bool
find_section(struct elf_file *file, void *context)
{
	struct wanting *want = context;

	return elf_file_find(file, want->name, want->offset, want->size);
}

bool
elf_find_section(struct run *run, const char *path, const char *name, size_t *offset, size_t *size)
{
	struct wanting want = { name, offset, size };

	return elf_file_open(run, path, find_section, &want);
}

bool
elf_section(struct run *run, const char *path, const char *name, size_t max, struct blob *out)
{
	size_t offset, size;

	return elf_find_section(run, path, name, &offset, &size) &&
	       world_read_at(run, path, offset, size < max ? size : max, out);
}
