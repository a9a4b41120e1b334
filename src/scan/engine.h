/*
 * engine.h: how libclang reads a plan's units: each in a child process, which writes what clang says as records; the parent
 * judges them. For this folder only.
 */
#ifndef SCAN_ENGINE_H
#define SCAN_ENGINE_H

#include "base/program.h"
#include "base/str.h"
#include "scan/clang.h"
#include "scan/scan.h"

/* Where in the code an error is; or-ed. */
enum place {
	PLACE_FOREIGN = 1,	/* in a header of torch, the toolkit or the system */
	PLACE_DEVICE = 2,	/* in a __global__ or __device__ function that the host compiler never sees */
	PLACE_BOTH = 4,		/* in a __host__ __device__ function */
	PLACE_TEMPLATE = 8,	/* in a template, which nobody may instantiate */
	PLACE_MACRO = 16,	/* in what a macro of a foreign header makes of its arguments */
};

/* An error, as clang says it. */
struct said {
	unsigned place;
	const char *file;	/* where; of one in a foreign header, the #include of the package's file that leads there */
	int line, column;
	const char *text;	/* "no member named 'x' in namespace 'at'" */
	const char *from;	/* the foreign header that it is in, or that has the candidates its notes speak of; or "" */
	const char *note;	/* the first note, or "" */
};

/* What a child has read. */
struct reading {
	struct { struct said *item; size_t n; } said;
	struct strings own;	/* files of the package that the unit includes */
	struct strings absent;	/* names of headers that are nowhere */
};

/* What units with the same flags share. */
struct context {
	const struct scan_flags *flags;
	struct strings argv;	/* clang's arguments, but for the file */
	struct strings foreign;	/* folders whose files are not the package's */
	unsigned long long key;	/* of all that a reading rests on but the package's files */
	struct strings headers;	/* in the precompiled header, as they are included */
	const char *pch;	/* its file, or NULL */
	struct reading broken;	/* what the headers themselves say, when there is no such file */
};

struct engine {
	struct run *run;
	const struct scan_plan *plan;
	const struct scan_wish *wish;
	const struct clang *clang;
	const char *dir;	/* for precompiled headers and what is remembered */
	int seconds;
	size_t jobs;
	struct { struct context *item; size_t n; } contexts;
	struct scan_results *results;
	struct context **of;		/* for each unit */
	struct strings *own, *others;	/* for each unit: files of the package, and names of the other headers, by the text */
	struct reading **readings;	/* for each unit, once known */
	struct blob *raw;		/* its records */
};

/* Writes the few headers of our own that clang's arguments name. */
void flags_headers(struct engine *engine);

/* clang's arguments for these flags; and the folders that are not the package's. */
void flags_argv(struct engine *engine, struct context *context);

/* In a child: what clang says of a file, written to descriptor 1. pch_out: saves it as a precompiled header. */
#define PARSE_WAITS 4	/* its exit code: it did nothing for some seconds, as where a header that nobody foresaw is a FIFO */
struct parse { struct engine *engine; const struct context *context; const char *file, *pch_in, *pch_out; };
int parse_work(struct run *run, void *parse);

/* A child that reads what parse says; a busy machine gets more time than the file is worth of a processor. */
struct program engine_child(const struct engine *engine, struct parse *parse);

/* Device functions and templates of a parsed unit, but for those of system headers; where in them a place is. */
struct places { struct span { void *file; unsigned begin, end, place; } *item; size_t n; };
void place_collect(struct run *run, const struct clang *clang, void *unit, struct places *out);
unsigned place_at(const struct clang *clang, const struct places *places, struct clang_location at);

/* Records: what a child writes, and what is remembered. False when they do not end as they should. */
void record_add(struct run *run, struct blob *to, const char *kind, const char *const *fields, size_t n);
void record_write(struct run *run, int fd, const char *kind, const char *const *fields, size_t n);
bool record_read(struct run *run, const struct blob *text, struct reading *out);

/* Fills the contexts' precompiled headers, those that are kept and those that are to be made. False: interrupted. */
bool pch_prepare(struct engine *engine);

/* Readings that still hold, before; and those that are new, after. */
void readings_find(struct engine *engine);
void readings_keep(struct engine *engine);

/* What a reading means: adds to hits. */
void judge_reading(struct run *run, const struct scan_plan *plan, const struct context *context, const struct reading *reading,
		   struct scan_hits *hits);

/* A row of judgements.def. */
enum verdict { JUDGE_ALWAYS, JUDGE_OWN, JUDGE_NAME, JUDGE_CALL, JUDGE_DOUBT, JUDGE_DROP };
struct judgement { const char *pattern; enum verdict verdict; const char *code, *what; };
struct judged { const struct judgement *row; const char *name, *in; };

/* The row that clang's words fit, with what {name} and {in} stand for; the last row fits all. */
struct judged judge_words(struct run *run, const char *text);

/* The file that an #include of name finds in the folders of flags, the system's too; NULL: none. from: the including file. */
const char *judge_lookup(struct run *run, const struct context *context, const char *from, const char *name);

#endif
