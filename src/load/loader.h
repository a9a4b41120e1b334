/*
 * loader.h: ld.so replayed: which file each needed library would come to, and by which entry of which list; nothing is run.
 * The first file opened is the program; docs/loader.md tells the rules and what they were proved on.
 */
#ifndef LOAD_LOADER_H
#define LOAD_LOADER_H

#include <sys/types.h>

#include "base/elf.h"
#include "base/run.h"
#include "cuenv.h"

/* What led to a file. */
enum found_by {
	FOUND_PATH,		/* it was named by its path */
	FOUND_RPATH,		/* DT_RPATH of the file that needs it, or of one that led to that file */
	FOUND_LD_LIBRARY_PATH,
	FOUND_RUNPATH,		/* DT_RUNPATH of the file that needs it */
	FOUND_CACHE,		/* /etc/ld.so.cache */
	FOUND_DEFAULT,		/* the loader's own folders */
};

struct found {
	const char *path;
	enum found_by how;
	const char *entry;	/* the list's element as written: "$ORIGIN/../lib", "/usr/local/cuda/lib64"; "" of FOUND_PATH, …_CACHE */
};

struct loaded {
	const char *path;
	const char *soname;	/* DT_SONAME, else the file's name */
	struct strings names;	/* what it was asked for by; who asks for one of them later gets this file */
	struct elf elf;		/* ELF_DYNAMIC */
	size_t by;		/* index of the file that needed it; the program's for one that was opened */
	struct found found;
	bool preloaded;		/* named by LD_PRELOAD or /etc/ld.so.preload */
	struct strings needs;	/* paths of what its DT_NEEDED came to, where found */
	dev_t device;
	ino_t inode;
};

#define LOADER_LOOKS 200000	/* for one process; import torch takes some hundred */

struct absent { const char *soname, *by; };	/* by: path of the file that needs it */

struct loader {
	struct loaded *item;	/* in loading order; 0 is the program */
	size_t n;
	struct { struct absent *item; size_t n; } absent;
	struct strings ignored;	/* of LD_PRELOAD: those that cannot be loaded, which ld.so says and passes over */
	const char *path;	/* LD_LIBRARY_PATH, or NULL */
	const char *preload;	/* LD_PRELOAD, or NULL */
	struct strings folders;	/* the loader's own, with a slash at the end */
	struct strings hwcaps;	/* "x86-64-v3", …: folders below glibc-hwcaps that this processor can use, best first */
	const char *lib, *platform;	/* what $LIB and $PLATFORM stand for */
	struct blob cache;	/* ld.so.cache */
	struct strings path_entries;	/* LD_LIBRARY_PATH's */
	size_t looks;		/* places that were looked at, up to LOADER_LOOKS */
};

/* A process that has nothing yet, in the run's own environment. */
struct loader loader_begin(struct run *run);

/* Opens the file at path and all that it needs; false when it cannot be read. What is not found is in absent. */
bool loader_open(struct run *run, struct loader *loader, const char *path);

/* The same, as dlopen does it: where something is not found, nothing is loaded. The name of that, or NULL for done. */
const char *loader_try(struct run *run, struct loader *loader, const char *path);

/* A file by soname, by path, or by what it was asked for by; NULL when there is none. Lasts until the next loader_open. */
const struct loaded *loader_find(const struct loader *loader, const char *name);

/* What dlopen(name), called by the file at index, would find outside of what is loaded; false when nothing. */
bool loader_search(struct run *run, struct loader *loader, size_t index, const char *name, struct found *out);

/* The paths that symbols of an opened file are looked up in: itself and what it needs, breadth first. */
struct strings loader_scope(struct run *run, const struct loader *loader, const char *path);

/* What ld.so.cache names for a soname, or NULL. */
const char *loader_cached(struct run *run, const struct loader *loader, const char *soname);

/* The file of ld.so.conf that names a folder, or NULL. */
const char *loader_conf(struct run *run, const char *folder);

/* import torch replayed: the Python, what LD_PRELOAD names, then what torch/__init__.py opens; false when it fails there. */
bool loader_import_torch(struct run *run, struct loader *loader, const struct python *python, const struct torch *torch);

#endif
