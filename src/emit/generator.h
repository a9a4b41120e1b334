/* generator.h: files that lead another tool to one toolkit; one file and one row for each kind. */
#ifndef EMIT_GENERATOR_H
#define EMIT_GENERATOR_H

#include "base/run.h"
#include "base/str.h"
#include "cuenv.h"
#include "emit/emit.h"

/* What generators work from. */
struct blueprint {
	const struct machine *machine;
	const struct toolkit *toolkit;
	struct extras extras;	/* compiler and architectures, as the build plan has them; each may be NULL */
	const char *folder;	/* where the files will lie, absolute; NULL: on standard output */
};

/* A file to write: its name below the folder, which may have slashes, and its text. */
struct sheet { const char *name, *text; };
struct sheets { struct sheet *item; size_t n; };

struct generator {
	const char *name;	/* "toolchain", as in cuenv gen toolchain */
	const char *what;	/* for --help */
	/* The command that uses what was made: @D is the folder as a word of the shell, @V the toolkit's 11.8. */
	const char *use;
	bool single;		/* always one file, so that it can go to standard output */
	/* False with run->error for a toolkit or a path that these files cannot hold. Nothing is run. */
	bool (*generate)(struct run *run, const struct blueprint *from, struct sheets *out);
	/* Tries what lies in from->folder with the tool that reads it; a sentence for each problem. NULL: there is no such try. */
	bool (*check)(struct run *run, const struct blueprint *from, struct strings *problems);
};

/* Each file of ours has this in one of its first lines; without it, it is the user's. */
#define GENERATOR_MARK "made by cuenv gen"

/* The sentence with the mark, for a comment: "made by cuenv gen NAME …". Valid UTF-8 without control characters. */
const char *generator_note(struct run *run, const struct generator *generator, const struct toolkit *toolkit);

/* Whether a file's text has the mark. */
bool generator_made(const struct blob *text);

/* The rows of generators.def: GENERATOR(id) is src/emit/gen_<id>.c with the value generator_<id>. */
extern const struct generator *const generators[];
extern const int generator_count;
const struct generator *generator_find(const char *name);

#endif
