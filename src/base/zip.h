/* zip.h: members of a zip file (a wheel), by its central directory; bounded in memory, time and disk. */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include "base/run.h"
#include "base/str.h"

struct zip_member {
	const char *name;	/* relative, without ".." */
	unsigned long packed, size, offset, crc;
	int method;		/* 0: stored, 8: deflated */
};
struct zip_members { struct zip_member *item; size_t n; };

/* Every member; false with run->error: no whole zip, encrypted, or a name that leads out of the folder. */
bool zip_list(struct run *run, const char *path, struct zip_members *out);

/* A member's text, of at most max bytes; false with run->error. */
bool zip_read(struct run *run, const char *path, const struct zip_member *member, size_t max, struct blob *out);

/* Unpacks a member below dir, under its own name, which must not be there yet; false with run->error. */
bool zip_unpack(struct run *run, const char *path, const struct zip_member *member, const char *dir);

#endif
