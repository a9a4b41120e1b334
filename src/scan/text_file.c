/* Files and words, each known once for all units of a run. */
#include <errno.h>
#include <string.h>

#include "base/world.h"
#include "scan/text.h"

#define FILE_MAX ((size_t)4 << 20)

struct scan_texts *
scan_texts(struct run *run)
{
	return arena_alloc(&run->arena, sizeof(struct scan_texts));
}

struct text_name *
text_name(struct run *run, struct scan_texts *texts, const char *word)
{
	struct text_name **bucket, *name;
	unsigned hash = 2166136261u;

	for (const char *at = word; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	bucket = &texts->names[(hash ^ hash >> 16) % TEXT_BUCKETS];
	for (name = *bucket; name; name = name->next)
		if (strcmp(name->text, word) == 0)
			return name;
	name = arena_alloc(&run->arena, sizeof(*name));
	name->text = str_copy(&run->arena, word, strlen(word));
	name->next = *bucket;
	*bucket = name;
	name->gone = api_find(run, "CUDA", name->text, &name->cuda);
	name->gone |= api_find(run, "torch", name->text, &name->torch);
	return name;
}

static const char *
kind_of(const struct stat *st)
{
	if (S_ISFIFO(st->st_mode))
		return "it is a FIFO";
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		return "it is a device";
	return S_ISDIR(st->st_mode) ? "it is a folder" : S_ISREG(st->st_mode) ? NULL : "it is no regular file";
}

static void
read_file(struct run *run, struct scan_texts *texts, const struct stat *st, struct text_file *file)
{
	struct blob text;

	file->unread = kind_of(st);
	if (file->unread)
		return;
	if (!world_read(run, file->path, FILE_MAX, &text)) {
		file->unread = str_format(&run->arena, "it cannot be read: %s", strerror(errno));
		return;
	}
	if ((size_t)st->st_size > FILE_MAX)
		file->unread = str_format(&run->arena, "only its first %zu MB were read", FILE_MAX >> 20);
	text_split(run, texts, &text, file);
}

struct text_file *
text_open(struct run *run, struct scan_texts *texts, const char *path, bool foreign)
{
	struct text_file **bucket, *file;
	struct stat st = { 0 };

	if (!world_stat(run, path, &st)) {
		file = arena_alloc(&run->arena, sizeof(*file));
		file->path = path;
		file->unread = str_format(&run->arena, "it cannot be read: %s", strerror(errno));
		return file;
	}
	bucket = &texts->files[(st.st_ino ^ st.st_dev << 7) % TEXT_BUCKETS];
	for (file = *bucket; file; file = file->next)
		if (file->inode == st.st_ino && file->device == st.st_dev)
			return file;
	file = arena_alloc(&run->arena, sizeof(*file));
	*file = (struct text_file){ .path = path, .next = *bucket, .device = st.st_dev, .inode = st.st_ino, .foreign = foreign };
	*bucket = file;
	read_file(run, texts, &st, file);
	return file;
}
