/*
 * world.h: the file system as the run sees it. Every path is absolute and resolved under run->root, symbolic links too,
 * so a machine is a folder. Functions return false, with errno set and out untouched, where a place has nothing; that is
 * no error of the tool, so none of them calls run_fail. Nothing here blocks: devices and FIFOs are refused.
 * Where the reason is no word about the place (no descriptor left, no memory, a disk that fails), run->shortage says so, and
 * main.c says that instead of an answer.
 */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include <sys/stat.h>

#include "base/run.h"
#include "base/str.h"

bool world_stat(struct run *run, const char *path, struct stat *out);
bool world_lstat(struct run *run, const char *path, struct stat *out);	/* of a link itself, not what it leads to */
bool world_is_dir(struct run *run, const char *path);
bool world_is_there(struct run *run, const char *path);	/* anything but a folder: what an open(2) of a file would open */
bool world_is_file(struct run *run, const char *path);
bool world_is_program(struct run *run, const char *path);	/* a regular file that may be executed */

/* The file of that name in the first of the folders that has it, or NULL. */
const char *world_file_in(struct run *run, const struct strings *dirs, const char *name);

/* The canonical path in the world: links resolved, no "..". NULL when it does not exist. */
const char *world_real(struct run *run, const char *path);

/* What a symbolic link says; false when path is none. */
bool world_readlink(struct run *run, const char *path, const char **out);

/*
 * A regular file's text. Of a file larger than max only the first max bytes are read, which run_left_out tells; who wants
 * no more than a file's beginning asks world_read_at for it.
 */
bool world_read(struct run *run, const char *path, size_t max, struct blob *out);

/* Up to size bytes from offset of a regular file. */
bool world_read_at(struct run *run, const char *path, size_t offset, size_t size, struct blob *out);

/*
 * What follows the first needle in size bytes from offset of a regular file, as text that ends at a control byte; at most
 * room - 1 bytes. Reads in small pieces, so that a big file costs no memory.
 */
bool world_find(struct run *run, const char *path, size_t offset, size_t size, const char *needle, char *after,
		size_t room);

/* A directory's names, sorted, without "." and "..". */
bool world_list(struct run *run, const char *path, struct strings *out);

/* Calls use with an open descriptor of a regular file and closes it afterwards; false when it cannot be opened. */
bool world_with_file(struct run *run, const char *path, bool (*use)(int fd, void *context), void *context);

/* Writes a file whole: temporary file in the same folder, fsync, rename. Missing folders are made. Its mode is what the umask leaves of 0666. */
bool world_write(struct run *run, const char *path, const void *data, size_t size);

/* The program called name in the directories of PATH, or NULL; index 0 is the first, 1 the next. */
const char *world_on_path(struct run *run, const char *name, int index);

#endif
