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
	struct extras asked;	/* what --compiler, --arch and --runtime add to a switch */
	struct extras plan;	/* of a generator that builds: the compiler, and the architectures where something names them */
	struct strings cxx_flags, nvcc_flags;	/* what torch's own build gives to each */
	bool env_vars;		/* conda's env_vars.d in place of its scripts */
	const char *folder;	/* where the files will lie, absolute; NULL: on standard output */
};

/* A file to write: its name below the folder, which may have slashes, and its text; NULL: none of ours may be there. */
struct sheet { const char *name, *text; };
struct sheets { struct sheet *item; size_t n; };

struct generator {
	const char *name;	/* "toolchain", as in cuenv gen toolchain */
	const char *what;	/* for --help */
	/* The command that uses what was made: @D is the folder and @R the root as words of the shell, @V the toolkit's 11.8. */
	const char *use;
	bool single;		/* always one file, so that it can go to standard output */
	bool builds;		/* wants the build plan */
	/* False with run->error for a toolkit or a path that these files cannot hold. Nothing is run. */
	bool (*generate)(struct run *run, const struct blueprint *from, struct sheets *out);
	/*
	 * Tries what lies in from->folder with the tool that reads it: a sentence for each problem. False with run->error when
	 * it could not be tried. NULL: there is no such try.
	 */
	bool (*check)(struct run *run, const struct blueprint *from, struct strings *problems);
};

/* Each file of ours has this in one of its first lines; without it, it is the user's. */
#define GENERATOR_MARK "made by cuenv gen"

/* The sentence with the mark, for a comment: "made by cuenv gen NAME …". */
const char *generator_note(struct run *run, const char *name, const struct toolkit *toolkit);

/* Whether a file's text has the mark. */
bool generator_made(const struct blob *text);

/*
 * Whether a kind of file can hold a path: no control characters, none of the characters in not, and UTF-8 where that is asked
 * for. False with run->error.
 */
bool generator_holds(struct run *run, const char *name, const char *path, const char *not, bool unicode);

/* A path as it is written behind root, a word for the toolkit's root: "${cudaroot}/bin/nvcc"; itself when it is not below. */
const char *generator_below(struct run *run, const struct toolkit *toolkit, const char *path, const char *root);

/* The toolkit's root from a folder below it, "../..", so that both can be moved together; NULL when it is not below. */
const char *generator_up(struct run *run, const struct blueprint *from);

/* Adds a file. */
void generator_add(struct run *run, struct sheets *sheets, const char *name, const char *text);

/* The template with each @KEY@ replaced by its value; the last pair is of NULLs. What a value holds is not looked at again. */
struct blank { const char *key, *value; };
const char *generator_fill(struct run *run, const char *template, const struct blank *blanks);


/* The rows of generators.def: GENERATOR(id) is src/emit/gen_<id>.c with the value generator_<id>. */
extern const struct generator *const generators[];
extern const int generator_count;
const struct generator *generator_find(const char *name);

#endif
