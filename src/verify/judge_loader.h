/* judge_loader.h: which files the loader would take: the Python, then torch, then the module; nothing is run. */
#ifndef VERIFY_JUDGE_LOADER_H
#define VERIFY_JUDGE_LOADER_H

#include "base/elf.h"
#include "base/run.h"
#include "cuenv.h"

struct loaded {
	const char *path;
	const char *soname;	/* DT_SONAME, else the file's name */
	struct elf elf;		/* ELF_DYNAMIC */
	size_t by;		/* index of the file that needed it; its own for one that was opened */
	struct strings needs;	/* paths of what its DT_NEEDED came to, where found */
};

struct absent { const char *soname, *by; };	/* by: path of the file that needs it */

struct loader {
	struct loaded *item;	/* in loading order */
	size_t n;
	struct { struct absent *item; size_t n; } absent;
	struct strings last_dirs;	/* looked at when all else has nothing: torch loads these itself */
	bool cached;			/* cache is read */
	struct blob cache;		/* ld.so.cache */
};

/* Opens the file at path and all that it needs; false when it cannot be read. */
bool loader_open(struct run *run, struct loader *loader, const char *path);

/* A file by soname or path, or NULL. The pointers last until the next loader_open. */
const struct loaded *loader_find(const struct loader *loader, const char *name);

/* The paths that symbols of an opened file are looked up in: itself and what it needs, breadth first. */
struct strings loader_scope(struct run *run, const struct loader *loader, const char *path);

/* What ld.so.cache names for a soname, or NULL. */
const char *loader_cached(struct run *run, struct loader *loader, const char *soname);

#endif
