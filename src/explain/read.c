/*
 * A log, piece by piece: each piece ends with a line, as many are scanned at a time as there are processors, and joined in
 * their order. A line that fills a piece is cut there, and a log at MOST bytes. UTF-16, which PowerShell's ">" writes, is read as UTF-8.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "explain/scan.h"

#define PIECE ((size_t)1 << 20)
#define RAW ((size_t)1 << 16)
#define MOST (2LL << 30)		/* bytes of a log: what goes on has no end, as `yes` */
#define THREADS 8

struct piece {
	const struct words *words;
	char *data;		/* PIECE + 1 bytes */
	size_t size;
	struct reading reading;
	pthread_t thread;
	bool begun;		/* thread is to be joined */
};

struct source {
	int fd;
	bool ended, begun;
	long long read;		/* bytes */
	int wide;		/* 1: UTF-16, low byte first; 2: high byte first; 0: bytes */
	unsigned high;		/* the first half of a pair that was cut */
	unsigned char *raw;
	size_t kept;		/* an odd byte of UTF-16 at raw's beginning */
	const char *rest;	/* of the last piece, behind its last line */
	size_t rest_size;
};

/* UTF-16 by its mark, or by ASCII text with a zero beside each character. */
static int
width_of(const unsigned char *raw, size_t n)
{
	if (n < 4)
		return 0;
	if ((raw[0] == 0xff && raw[1] == 0xfe) || (raw[0] && !raw[1] && raw[2] && !raw[3]))
		return 1;
	return (raw[0] == 0xfe && raw[1] == 0xff) || (!raw[0] && raw[1] && !raw[2] && raw[3]) ? 2 : 0;
}

/* Bytes that no log has: compressed files and programs are full of them. */
static bool
is_no_text(const unsigned char *raw, size_t n)
{
	size_t strange = 0;

	for (size_t i = 0; i < n; i++)
		strange += raw[i] < 7 || (raw[i] > 13 && raw[i] < 27) || (raw[i] > 27 && raw[i] < 32);
	return strange * 20 > n;
}

static size_t
put_utf8(char *to, unsigned c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* At most twice as many bytes come out as go in. */
static size_t
narrow(struct source *source, size_t n, char *to)
{
	size_t size = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		const unsigned char *raw = source->raw + i;
		unsigned unit = source->wide == 1 ? raw[0] | (unsigned)raw[1] << 8 : raw[1] | (unsigned)raw[0] << 8;

		if (unit >= 0xd800 && unit < 0xdc00) {
			source->high = unit;
			continue;
		}
		if (unit >= 0xdc00 && unit < 0xe000)
			unit = source->high ? 0x10000 + ((source->high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd;
		source->high = 0;
		if (unit != 0xfeff)
			size += put_utf8(to + size, unit);
	}
	source->kept = n % 2;
	source->raw[0] = source->raw[n - source->kept];
	return size;
}

/* Fills a piece up to its last whole line; false with errno. */
static bool
fill(struct source *source, struct piece *piece)
{
	char *end;

	memmove(piece->data, source->rest, source->rest_size);
	piece->size = source->rest_size;
	while (!source->ended && PIECE - piece->size >= 2 * RAW) {
		ssize_t n = read(source->fd, source->raw + source->kept, RAW - source->kept);
		size_t have = n > 0 ? (size_t)n + source->kept : 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		source->ended = n == 0 || source->read >= MOST;
		source->read += n;
		if (n && !source->begun)
			source->wide = width_of(source->raw, have);
		if (n && !source->begun && !source->wide && is_no_text(source->raw, have < 4096 ? have : 4096)) {
			errno = EILSEQ;
			return false;
		}
		source->begun |= n > 0;
		if (source->wide) {
			piece->size += have ? narrow(source, have, piece->data + piece->size) : 0;
		} else {
			memcpy(piece->data + piece->size, source->raw, have);
			piece->size += have;
		}
	}
	end = source->ended ? NULL : memrchr(piece->data, '\n', piece->size);
	if (!end && !source->ended)
		end = memrchr(piece->data, '\r', piece->size);
	source->rest = end ? end + 1 : "";
	source->rest_size = end ? piece->size - (size_t)(source->rest - piece->data) : 0;
	piece->size -= source->rest_size;
	return true;
}

static void *
work(void *given)
{
	struct piece *piece = given;

	scan(piece->words, piece->data, piece->size, &piece->reading);
	return NULL;
}

/* Scans all pieces at a time: the first here, each other in a thread of its own, or here where none can be had. */
static void
scan_all(struct piece *pieces, size_t n, struct reading *out)
{
	for (size_t i = 0; i < n; i++)
		memset(&pieces[i].reading, 0, sizeof(pieces[i].reading));
	for (size_t i = 1; i < n; i++)
		pieces[i].begun = pthread_create(&pieces[i].thread, NULL, work, &pieces[i]) == 0;
	for (size_t i = 0; i < n; i++) {
		if (pieces[i].begun)
			pthread_join(pieces[i].thread, NULL);
		else
			work(&pieces[i]);
		scan_join(out, &pieces[i].reading);
	}
}

static size_t
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS ? THREADS : (size_t)n;
}

bool
explain_file(struct run *run, int fd, const char *name, struct reading *out)
{
	struct piece *pieces = arena_alloc(&run->arena, THREADS * sizeof(*pieces));
	struct source source = { .fd = fd, .raw = arena_alloc(&run->arena, RAW + 1), .rest = "" };
	const struct words *words = words_make(run);
	size_t most = processors(), n;

	while (!source.ended) {
		for (n = 0; n < most && !source.ended; n++) {
			if (!pieces[n].data)
				pieces[n].data = arena_alloc(&run->arena, PIECE);
			pieces[n].words = words;
			if (fill(&source, &pieces[n]))
				continue;
			return errno == EILSEQ ? run_fail(run, "%s is no text; of a packed log: zcat, xzcat or zstdcat LOG | "
							  "cuenv explain -", name)
					       : run_fail(run, "cannot read %s: %s", name, strerror(errno));
		}
		scan_all(pieces, n, out);
	}
	out->cut = source.read > MOST;
	scan_settle(out);
	return true;
}

void
explain_text(struct run *run, const char *text, size_t size, struct reading *out)
{
	char *copy = arena_alloc(&run->arena, size + 1);

	memcpy(copy, text, size);
	scan(words_make(run), copy, size, out);
	scan_settle(out);
}
