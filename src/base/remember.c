#define _GNU_SOURCE
#include "base/remember.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/world.h"

void
hash_add(struct hash *hash, const char *data, size_t size)
{
	for (size_t i = 0; i <= size; i++) {
		unsigned char byte = i < size ? (unsigned char)data[i] : 0xff;

		hash->a = (hash->a ^ byte) * 0x100000001b3u;
		hash->b = (hash->b ^ byte) * 0x100000001b3u + 1;
	}
}

void
hash_text(struct hash *hash, const char *text)
{
	hash_add(hash, text ? text : "\1", text ? strlen(text) : 1);
}

const char *
hash_name(struct run *run, const struct hash *hash)
{
	return str_format(&run->arena, "%016llx%016llx", (unsigned long long)hash->a, (unsigned long long)hash->b);
}

/* Below the folder that the variable names, else below HOME; relative ones are none, says XDG. */
static const char *
place(struct run *run, const char *variable, const char *usual, const char *name)
{
	const char *base = run_env(run, variable), *home = run_env(run, "HOME");

	if (!base || base[0] != '/')
		base = home && home[0] == '/' ? path_join(&run->arena, home, usual) : NULL;
	return base ? str_format(&run->arena, "%s/cuenv/%s", base, name) : NULL;
}

const char *
remember_dir(struct run *run, const char *what)
{
	return place(run, "XDG_CACHE_HOME", ".cache", what);
}

const char *
config_file(struct run *run, const char *name)
{
	return place(run, "XDG_CONFIG_HOME", ".config", name);
}

const char *
remember_identity(struct run *run, const char *path)
{
	struct stat st;

	if (!world_stat(run, path, &st))
		return "-";
	return str_format(&run->arena, "%llu:%llu:%lld.%09ld", (unsigned long long)st.st_ino, (unsigned long long)st.st_size,
			  (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

void
remember_used(const char *path)
{
	utimensat(AT_FDCWD, path, NULL, 0);
}

struct kept { const char *path; struct timespec used; };

static int
newest_first(const void *a, const void *b)
{
	const struct timespec *x = &((const struct kept *)a)->used, *y = &((const struct kept *)b)->used;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? 1 : -1;
	return x->tv_nsec < y->tv_nsec ? 1 : x->tv_nsec > y->tv_nsec ? -1 : 0;
}

void
remember_prune(struct run *run, const char *folder, const char *word, size_t kept)
{
	struct { struct kept *item; size_t n; } all = { 0 };
	struct strings names = { 0 };
	struct stat st;

	if (run->root[0])
		return;
	world_list(run, folder, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_join(&run->arena, folder, names.item[i]);

		if (strstr(names.item[i], word) && world_stat(run, path, &st) && S_ISREG(st.st_mode))
			*list_add(&run->arena, &all) = (struct kept){ path, st.st_mtim };
	}
	if (all.n > 1)
		qsort(all.item, all.n, sizeof(all.item[0]), newest_first);
	for (size_t i = kept; i < all.n; i++)
		unlink(all.item[i].path);
}
