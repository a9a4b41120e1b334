/*
 * explain.h: what logs of builds and tracebacks say, and what it means. The table is causes.def; reading a log costs as
 * much memory for one of a gigabyte as for one of a megabyte.
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "base/run.h"
#include "cuenv.h"

enum cause_kind {
	CAUSE_SET,	/* the set-up is wrong */
	CAUSE_TOOL,	/* the machine was in the way; nothing was learnt about the set-up */
	CAUSE_AFTER,	/* a consequence: the cause only where the log has no other */
	CAUSE_NOTE,	/* harmless */
	CAUSE_FOLLOWER,	/* of all the others only the pattern is set: says that something failed, never why */
	CAUSE_MARK,	/* the like of "error: ", to quote from a log that no row knows */
};

/* Which facts of a machine speak to a cause. */
enum cause_facts {
	FACTS_NONE, FACTS_HOME, FACTS_MATCH, FACTS_COMPILER, FACTS_STANDARD, FACTS_HEADER, FACTS_LIBRARY, FACTS_PYTHON, FACTS_ARCH,
	FACTS_DRIVER, FACTS_LOADER, FACTS_SYMBOL, FACTS_MEMORY,
};

/* A row of causes.def, which tells what the columns hold. */
struct cause {
	const char *code;
	enum cause_kind kind;
	enum cause_facts facts;
	const char *pattern, *context, *what, *remedy;
};
extern const struct cause causes[];	/* the last one is zero */
enum {
#define CAUSE(...) + 1
#define FOLLOWER(pattern) + 1
#define MARK(pattern) + 1
	CAUSES = 0
#include "explain/causes.def"
#undef CAUSE
#undef FOLLOWER
#undef MARK
};

/* What a pattern's {word} stood for. */
struct captured { const char *word; int length; char text[160]; };	/* word: within the pattern, length bytes of it */
struct captures { struct captured item[4]; size_t n; };

/* Something that a log says, once for all lines that say the same. */
struct hit {
	const struct cause *cause;
	struct captures captures;
	size_t line, count;	/* the first such line, from 1; how many */
	char text[320];		/* that line, clipped */
};

#define HITS 48

struct reading {
	struct hit hit[HITS];	/* in the order of the log */
	size_t n;
	bool more;		/* there were more than these */
	bool cut;		/* only the first 2 GB were read */
	bool failed;		/* some line says that something failed */
	size_t lines;
	struct hit error;	/* the first line that a MARK fits; line 0: none */
	bool seen[CAUSES];	/* for each row: whether the log has its context */
};

/* All of an open file, or false with run->error; name is what to call it. */
bool explain_file(struct run *run, int fd, const char *name, struct reading *out);

/* A text in memory. */
void explain_text(struct run *run, const char *text, size_t size, struct reading *out);

/* The first of the causes; NULL when no row knows any. Notes are none, nor are consequences of an error that none knows. */
const struct hit *explain_first(const struct reading *reading);

/* What {word} stands for to the asker; NULL: not known. */
typedef const char *explain_word(void *asker, const char *word, size_t length);

/* The text of a row with its words filled in: captured ones, else the asker's, else what stands behind "|". */
const char *explain_filled(struct run *run, const struct hit *hit, const char *text, explain_word *word, void *asker);

/* The parts of the machine that explain_facts wants to know of a hit, as enum need; 0: it has nothing to say. */
unsigned explain_needs(const struct hit *hit);

/* What its remedy alone wants to know, to get something. */
unsigned explain_needs_to_get(const struct cause *cause);

/* The file that -lNAME looks for: "libcudart_static.a". */
const char *explain_library(struct run *run, const char *name);

/* What {older}, {span}, {library} and {loads} stand for on this machine; NULL: nothing that is known. */
const char *explain_here(struct run *run, const struct machine *machine, const struct hit *hit, const char *word, size_t length);

/* What the machine says of a hit. spec: the toolkit to build with, as a SPEC, or NULL when none here will do. */
void explain_facts(struct run *run, const struct machine *machine, const struct hit *hit, struct facts *facts,
		   const char **spec);

/* A {word} that the log's line filled in, or NULL. */
const char *hit_captured(const struct hit *hit, const char *word);

#endif
