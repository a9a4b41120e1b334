/*
 * Symbol versions: .gnu.version_r says which versions of which libraries a file needs, .gnu.version_d which it defines,
 * .gnu.version gives each dynamic symbol an index into either (Drepper, "ELF Symbol Versioning"). Both lists are chains of
 * relative offsets; a chain that goes back or never ends is cut.
 */
#include "base/elf_file.h"

#define MOST 4096	/* entries that are followed; libstdc++ defines some 50 versions, libc 40 */

static void
set_name(struct arena *arena, struct elf_names *names, size_t index, const char *name)
{
	index &= 0x7fff;
	if (index >= MOST)
		return;
	while (names->n <= index)
		*list_add(arena, names) = NULL;
	names->item[index] = name;
}

static void
add_version(struct elf_file *file, struct elf_versions *out, const char *library, const char *name)
{
	if (out && name)
		*list_add(&file->run->arena, out) = (struct elf_version){ library, name };
}

static void
needs_of(struct elf_file *file, size_t at, const Elf64_Verneed *need, int *left, struct elf_names *names,
	 struct elf_versions *out)
{
	const char *library = elf_file_string(file, need->vn_file);

	for (at += need->vn_aux; (*left)-- > 0;) {
		Elf64_Vernaux aux;
		const char *name;

		if (!elf_file_copy(file, at, &aux, sizeof(aux)))
			return;
		name = elf_file_string(file, aux.vna_name);
		set_name(&file->run->arena, names, aux.vna_other, name);
		add_version(file, out, library, name);
		if (!aux.vna_next)
			return;
		at += aux.vna_next;
	}
}

struct elf_names
elf_file_needs(struct elf_file *file, struct elf_versions *out)
{
	struct elf_names names = { 0 };
	size_t at = file->verneed;

	for (int left = at ? MOST : 0; left-- > 0;) {
		Elf64_Verneed need;

		if (!elf_file_copy(file, at, &need, sizeof(need)))
			break;
		needs_of(file, at, &need, &left, &names, out);
		if (!need.vn_next)
			break;
		at += need.vn_next;
	}
	return names;
}

/* The base entry names the file itself; symbols of that index have no version. */
struct elf_names
elf_file_defines(struct elf_file *file, struct elf_versions *out)
{
	struct elf_names names = { 0 };
	size_t at = file->verdef;

	for (int left = at ? MOST : 0; left--;) {
		Elf64_Verdaux aux;
		Elf64_Verdef def;

		if (!elf_file_copy(file, at, &def, sizeof(def)) ||
		    !elf_file_copy(file, at + def.vd_aux, &aux, sizeof(aux)))
			break;
		if (!(def.vd_flags & VER_FLG_BASE)) {
			const char *name = elf_file_string(file, aux.vda_name);

			set_name(&file->run->arena, &names, def.vd_ndx, name);
			add_version(file, out, NULL, name);
		}
		if (!def.vd_next)
			break;
		at += def.vd_next;
	}
	return names;
}
