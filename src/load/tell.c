/*
 * What ld.so has compiled in, read from the ld.so that the program asks for: its default folders, as "/lib/…/" texts one
 * behind the other (glibc elf/dl-load.c system_dirs), the first of which is also $LIB; whether it knows glibc-hwcaps; the
 * cache's path, which Nix and Guix change. And what the processor can do, from /proc/cpuinfo (x86-64 psABI, levels v2–v4).
 */
#include <elf.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "load/parts.h"

/* How many bytes a text at p takes that begins and ends with a slash, with its NUL; 0 for another. */
static size_t
folder_text(const char *p, const char *end)
{
	const char *nul = *p == '/' ? memchr(p, '\0', (size_t)(end - p)) : NULL;

	return nul && nul - p > 1 && nul - p < 200 && nul[-1] == '/' ? (size_t)(nul - p) + 1 : 0;
}

static void
read_folders(struct run *run, const struct blob *file, struct strings *out)
{
	const char *end = file->data + file->size, *p = file->data;
	size_t n;

	while ((p = memchr(p, '/', (size_t)(end - p)))) {
		n = folder_text(p, end);
		if (n && p + n < end && folder_text(p + n, end)) {
			for (; p < end && (n = folder_text(p, end)); p += n)
				strings_add(&run->arena, out, p);
			return;
		}
		p++;
	}
}

/* The absolute path in the file's texts that ends so. */
static const char *
read_path(struct run *run, const struct blob *file, const char *ends)
{
	const char *at = blob_find(file, ends), *start = at;

	while (start && start > file->data && start[-1] > ' ' && start[-1] < 127)
		start--;
	return start && *start == '/' && start < at + 1 ? str_copy(&run->arena, start, (size_t)(at - start) + strlen(ends)) : NULL;
}

/* For a loader that cannot be read: the folders of Debian's and of Fedora's glibc. */
static void
usual_folders(struct run *run, struct loader *loader)
{
	const char *debian = loader->item[0].elf.machine == EM_AARCH64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
	const char *dirs[] = { str_format(&run->arena, "/lib/%s/", debian), str_format(&run->arena, "/usr/lib/%s/", debian),
			       "/lib64/", "/usr/lib64/", "/lib/", "/usr/lib/" };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		strings_add(&run->arena, &loader->folders, dirs[i]);
}

static bool
has_flags(const char *flags, const char *wanted)
{
	while (*(wanted += strspn(wanted, " "))) {
		size_t n = strcspn(wanted, " ");
		const char *at = flags;

		while ((at = strstr(at, " ")) && (strncmp(at + 1, wanted, n) || (at[n + 1] && at[n + 1] != ' ')))
			at++;
		if (!at)
			return false;
		wanted += n;
	}
	return true;
}

/* Each level needs those below it. */
static void
read_levels(struct run *run, struct loader *loader)
{
	static const char *const levels[][2] = {
		{ "x86-64-v2", "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3" },
		{ "x86-64-v3", "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave" },
		{ "x86-64-v4", "avx512f avx512bw avx512cd avx512dq avx512vl" },
	};
	struct blob file = { 0 };
	const char *flags, *line;
	size_t at = 0, length, most = 0;

	world_read(run, "/proc/cpuinfo", 16384, &file);
	flags = blob_find(&file, "\nflags\t");
	if (!flags || loader->item[0].elf.machine != EM_X86_64)
		return;
	at = (size_t)(flags - file.data) + 1;
	blob_line(&file, &at, &line, &length);
	flags = str_copy(&run->arena, line, length);
	while (most < 3 && has_flags(flags, levels[most][1]))
		most++;
	while (most--)
		strings_add(&run->arena, &loader->hwcaps, levels[most][0]);
}

void
loader_tell(struct run *run, struct loader *loader)
{
	const struct elf *program = &loader->item[0].elf;
	struct blob file = { 0 };
	const char *cache = NULL;

	if (program->interpreter && world_read(run, program->interpreter, 4 << 20, &file)) {
		read_folders(run, &file, &loader->folders);
		cache = read_path(run, &file, "/ld.so.cache");
	}
	if (!loader->folders.n)
		usual_folders(run, loader);
	if (!file.size || blob_find(&file, "glibc-hwcaps"))
		read_levels(run, loader);
	loader->lib = loader->folders.item[0] + 1;
	loader->lib = str_copy(&run->arena, loader->lib, strlen(loader->lib) - 1);
	loader->platform = program->machine == EM_AARCH64 ? "aarch64" : "x86_64";
	world_read(run, cache ? cache : "/etc/ld.so.cache", 16 << 20, &loader->cache);
}
