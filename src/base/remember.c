#define _GNU_SOURCE
#include "base/remember.h"

#include <string.h>

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

const char *
remember_dir(struct run *run, const char *what)
{
	const char *base = run_env(run, "XDG_CACHE_HOME"), *home = run_env(run, "HOME");

	if (!base || base[0] != '/')
		base = home && home[0] == '/' ? path_join(&run->arena, home, ".cache") : NULL;
	return base ? str_format(&run->arena, "%s/cuenv/%s", base, what) : NULL;
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
