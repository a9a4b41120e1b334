/*
 * import torch is replayed twice, with LD_LIBRARY_PATH and LD_PRELOAD and without: where the two get different files for one
 * name, the environment has put one in the other's place. torch's own libraries have DT_RPATH, which beats
 * LD_LIBRARY_PATH; NVIDIA's wheels have DT_RUNPATH, which loses to it, so what those need (nvJitLink, cuDNN's parts, which
 * libcudnn.so opens by name) is what changes. A symbol that only the replaced file has ends the import: Python opens
 * extensions with all symbols bound (RTLD_NOW).
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/loaded.h"

/* A symbol that user needs, that instead_of has, and path does not. */
static const char *
missing_symbol(struct run *run, const char *user, const char *path, const char *instead_of)
{
	struct elf elf;
	struct elf_symbols left = { 0 };

	if (!elf_read(run, user, ELF_UNDEFINED, &elf))
		return NULL;
	elf_resolve(run, path, &elf.undefined);
	for (size_t i = 0; i < elf.undefined.n; i++)
		if (!elf.undefined.item[i].found_in && !elf.undefined.item[i].weak)
			*list_add(&run->arena, &left) = elf.undefined.item[i];
	elf_resolve(run, instead_of, &left);
	for (size_t i = 0; i < left.n; i++)
		if (left.item[i].found_in)
			return left.item[i].name;
	return NULL;
}

static void
find_missing(struct run *run, const struct loader *now, struct intruder *out)
{
	for (size_t i = 0; !out->symbol && i < now->n; i++) {
		if (!strings_has(&now->item[i].elf.needed, out->soname))
			continue;
		out->user = now->item[i].path;
		out->symbol = missing_symbol(run, out->user, out->found.path, out->instead_of);
	}
}

static void
add(struct run *run, struct intruders *out, const char *soname, const struct found *found, bool preloaded,
    const char *instead_of)
{
	*list_add(&run->arena, out) = (struct intruder){
		.soname = soname, .found = *found, .preloaded = preloaded, .instead_of = instead_of,
		.version = loaded_version(run, found->path), .other_version = loaded_version(run, instead_of),
		.same_content = loaded_same_content(run, found->path, instead_of),
	};
}

static void
add_cudnn_part(struct run *run, struct loader *now, size_t cudnn, const char *name, struct intruders *out)
{
	const char *own = path_join(&run->arena, path_parent(&run->arena, now->item[cudnn].path), name);
	struct found found;

	if (!loader_find(now, name) && loader_search(run, now, cudnn, name, &found) &&
	    found.how == FOUND_LD_LIBRARY_PATH && !str_same(world_real(run, found.path), world_real(run, own)))
		add(run, out, name, &found, false, own);
}

/* What libcudnn.so opens by name when it is first asked: the libcudnn_*.so beside it, of which _graph tells its version. */
static void
add_cudnn_parts(struct run *run, struct loader *now, struct intruders *out)
{
	for (size_t i = 0; i < now->n; i++) {
		const char *path = now->item[i].path, *major = strstr(path_name(path), ".so.");
		struct strings names = { 0 };

		if (!str_starts(path_name(path), "libcudnn.so.") || now->item[i].preloaded ||
		    !world_list(run, path_parent(&run->arena, path), &names))
			continue;
		for (size_t k = 0; k < names.n; k++)
			if (str_starts(names.item[k], "libcudnn_graph.so") && str_ends(names.item[k], major))
				add_cudnn_part(run, now, i, names.item[k], out);
		for (size_t k = 0; k < names.n; k++)
			if (str_starts(names.item[k], "libcudnn_") && str_ends(names.item[k], major) &&
			    !str_starts(names.item[k], "libcudnn_graph.so"))
				add_cudnn_part(run, now, i, names.item[k], out);
	}
}

struct intruders
loaded_intruders(struct run *run, const struct machine *machine, struct loader *now, struct loader *clean)
{
	struct intruders out = { 0 };

	*now = *clean = loader_begin(run);
	clean->path = clean->preload = NULL;
	loader_import_torch(run, now, machine->python, machine->torch);
	if (!now->path && !now->preload)
		return out;
	loader_import_torch(run, clean, machine->python, machine->torch);
	for (size_t i = 0; i < now->n; i++) {
		const struct loaded *at = &now->item[i], *other = loader_find(clean, at->soname);

		if (!other || (other->device == at->device && other->inode == at->inode) ||
		    (at->found.how != FOUND_LD_LIBRARY_PATH && !at->preloaded))
			continue;
		add(run, &out, at->soname, &at->found, at->preloaded, other->path);
		find_missing(run, now, &out.item[out.n - 1]);
	}
	add_cudnn_parts(run, now, &out);
	return out;
}
