/*
 * plan_python.h: a setup.py read as text, far enough to learn what its extensions are made of. It is never run: a few
 * statements (assignments of texts, lists and dictionaries, if, for, append) are followed, and all else is passed over.
 */
#ifndef SCAN_PLAN_PYTHON_H
#define SCAN_PLAN_PYTHON_H

#include "base/index.h"
#include "base/run.h"
#include "base/str.h"
#include "cuenv.h"

enum token_kind { TOKEN_NAME, TOKEN_TEXT, TOKEN_FORMAT, TOKEN_NUMBER, TOKEN_OP, TOKEN_LINE, TOKEN_END };

struct token {
	enum token_kind kind;
	const char *text;	/* of a string what stands between the quotes, \ resolved */
	int line;		/* from 1 */
	int indent;		/* of TOKEN_LINE: the blanks that the next logical line begins with */
};
struct tokens { struct token *item; size_t n; };

/* Ends with TOKEN_LINE and TOKEN_END. Bytes that are no Python are passed over. */
void python_tokens(struct run *run, const struct blob *text, struct tokens *out);

/* Texts, or what a dictionary has under each key; an unknown value has neither. */
struct value {
	struct strings texts;
	struct { struct entry *item; size_t n; } entries;
};
struct entry { const char *key; struct value value; };
struct binding { const char *name; struct value value; };

/* Extension(…), CUDAExtension(…): the arguments that matter. */
struct extension { const char *name; struct value sources, include_dirs, macros, args; int line; };

/*
 * What one setup.py may cost, for a text that nests, repeats or loops without end: a token that is looked at, a name that is
 * compared, an element or a byte that is copied is one step, a statement or an expression some hundred.
 * Where they are spent, the text ends (setup_token).
 */
#define SETUP_STEPS ((size_t)1 << 24)
#define SETUP_STEP 128
#define SETUP_DEPTH 60
#define SETUP_TEXT 4096		/* bytes of a text that is worked with */

struct reading_setup {
	struct run *run;
	const struct machine *machine;
	const char *dir;	/* the folder of setup.py, which its globs start from */
	const struct strings *env;	/* "NAME=value": what the build will be given */
	struct tokens tokens;
	size_t at, stop;	/* tokens from stop on are not seen */
	struct { struct binding *item; size_t n; } names;
	struct { struct extension *item; size_t n; } extensions;
	int depth;
	size_t spent;		/* steps */
	struct value nowhere;	/* what is written where nothing more is kept */
};

/* Whether n more steps may be taken; where not, run_left_out tells. */
bool setup_spend(struct reading_setup *r, size_t n);

/* Made where it is not there. */
struct value *value_entry(struct reading_setup *r, struct value *dictionary, const char *key);
void value_join(struct reading_setup *r, struct value *to, const struct value *more);

struct value *setup_name(struct reading_setup *r, const char *name);	/* made where it is not there */

/* The value of the expression at r->at, which is left behind it. */
struct value setup_expression(struct reading_setup *r);

/* The condition at r->at up to its ':'. */
enum truth { FALSE, TRUE, UNKNOWN };
enum truth setup_condition(struct reading_setup *r);

bool setup_is(struct reading_setup *r, const char *op);	/* the token at r->at is that operator or word */
bool setup_take(struct reading_setup *r, const char *op);	/* the same, and passes it */
const struct token *setup_token(struct reading_setup *r);

/* A call of name(arguments) at its "("; on: what stands before ".name". */
struct value setup_call(struct reading_setup *r, const char *name, const struct value *on);

/* What the build's environment has for a variable; NULL: nothing. */
const char *setup_env(const struct reading_setup *r, const char *name);

/* All statements of a file. */
void setup_read(struct reading_setup *r);

/* Files that a pattern of Python's glob matches, below the folder of setup.py; "**" is many folders only where recursive. */
void setup_glob(struct reading_setup *r, const char *pattern, bool recursive, struct names *out);

#endif
