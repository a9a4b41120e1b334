/* remember.h: what is kept between runs in the user's folders: its names, and whether it still holds. */
#ifndef BASE_REMEMBER_H
#define BASE_REMEMBER_H

#include <stdint.h>

#include "base/run.h"

/* FNV-1a, twice with different starts: names a file, guards against nothing. Start with HASH_START. */
struct hash { uint64_t a, b; };
#define HASH_START ((struct hash){ 0xcbf29ce484222325u, 0x84222325cbf29ce4u })

void hash_add(struct hash *hash, const char *data, size_t size);
void hash_text(struct hash *hash, const char *text);	/* NULL too */
const char *hash_name(struct run *run, const struct hash *hash);	/* 32 digits */

/* ${XDG_CACHE_HOME:-~/.cache}/cuenv/ what; NULL: neither is set. */
const char *remember_dir(struct run *run, const char *what);

/* ${XDG_CONFIG_HOME:-~/.config}/cuenv/ name, which the user keeps by global, add and remove; NULL: neither is set. */
const char *config_file(struct run *run, const char *name);

/* A file's inode, size and time as a word; "-" for none. */
const char *remember_identity(struct run *run, const char *path);

/* Notes that a file was used now, so that it is the last to be pruned; no matter when that fails. */
void remember_used(const char *path);

/* Of the files of that folder whose names have the word, so many stay: those used last. */
void remember_prune(struct run *run, const char *folder, const char *word, size_t kept);

#endif
