/*
 * text.h: sources as text. A file is split once into items, its directives and its words; a walk goes through the items of
 * a unit and of the package's headers that it includes, as a preprocessor would, and calls a visitor. A condition that rests
 * on what only the compiler knows is MAYBE, and so is all below it.
 */
#ifndef SCAN_TEXT_H
#define SCAN_TEXT_H

#include "base/str.h"
#include "scan/scan.h"

enum tri { NO, MAYBE, YES };

enum text_kind {
	TEXT_WORD,	/* a word of the code */
	TEXT_BODY,	/* a word of the macro body that the nearest TEXT_DEFINE before it begins */
	TEXT_IF, TEXT_IFDEF, TEXT_IFNDEF, TEXT_ELIF, TEXT_ELSE, TEXT_ENDIF,
	TEXT_INCLUDE, TEXT_DEFINE, TEXT_UNDEF, TEXT_ERROR, TEXT_ONCE,
};

/* A word, once for all files. */
struct text_name {
	const char *text;
	struct text_name *next;		/* in its bucket */
	unsigned declared;		/* the last walk through a file that declares something called so */
	bool gone;			/* the facts know it: not all releases have it */
	struct api cuda, torch;		/* what they know; name NULL: nothing */
	unsigned walk;			/* the walk that macro belongs to */
	struct text_macro *macro;
};

struct text_item {
	enum text_kind kind;
	char before, after;		/* the tokens next to a word: 'a' a word, ':' "::", '-' "->", '?' ':', else their first byte */
	int line, column;
	struct text_name *name;		/* the word; of IFDEF, IFNDEF, DEFINE, UNDEF: the macro */
	struct text_name *full;		/* of a word of torch's namespaces, "at::cuda::x"; or NULL */
	const char *text;		/* of IF, ELIF: the expression; INCLUDE: <x> or "x"; DEFINE: body, NULL: not known; ERROR: its words */
};

struct text_names { struct text_name **item; size_t n; };

struct text_file {
	const char *path;
	struct text_file *next;		/* in its bucket */
	unsigned long long device, inode;	/* which file it is, whatever its path */
	struct { struct text_item *item; size_t n; } items;
	struct text_names declares;	/* what it declares, whatever the conditions */
	const char *unread;		/* why it was not read, or not to its end; else NULL */
	struct text_name *guard;	/* the macro of #ifndef X, #define X at its start */
	bool foreign;			/* of torch, the toolkit or the system: only directives are kept */
	struct text_files *leads;	/* of a foreign one: what it includes under no condition; NULL: not looked at yet */
	unsigned walk;			/* the last walk that came here */
	unsigned once, once_maybe;	/* the last walk that saw its #pragma once, for sure or perhaps */
};

struct text_files { struct text_file **item; size_t n; };

#define TEXT_BUCKETS 16384
#define TEXT_INCLUDES 20000	/* of one unit */
struct scan_texts {
	struct text_name *names[TEXT_BUCKETS];
	struct text_file *files[TEXT_BUCKETS];
	struct strings system;		/* the compilers' own include folders */
	unsigned walks;
};

struct text_macro {
	enum tri defined;
	const char *body;		/* NULL: not known, or it takes arguments */
	const struct text_file *file;	/* where it is defined; NULL: on the command line */
	const struct text_item *item;
	bool used;			/* its body was visited */
};

struct text_walk {
	struct run *run;
	const struct scan_plan *plan;
	const struct scan_unit *unit;
	struct scan_texts *texts;
	unsigned number;
	enum tri active;
	int depth;
	size_t includes;
	const char *stopped;		/* why the walk went no further, or NULL */
	struct text_files foreign;	/* headers of torch and the toolkit that were included for sure */
	void *context;
	/* Any may be NULL. found NULL: no such header anywhere. Items of a macro's body are visited where the macro is used. */
	void (*include)(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found);
	void (*word)(struct text_walk *walk, const struct text_file *in, const struct text_item *item);
	void (*error)(struct text_walk *walk, const struct text_file *in, const struct text_item *item);
	void (*unread)(struct text_walk *walk, const struct text_file *file);
};

struct text_name *text_name(struct run *run, struct scan_texts *texts, const char *word);

/* Splits text; foreign and path of file are set. */
void text_split(struct run *run, struct scan_texts *texts, const struct blob *text, struct text_file *file);

/* The file, read at first use; never NULL: what cannot be read has unread set. */
struct text_file *text_open(struct run *run, struct scan_texts *texts, const char *path, bool foreign);

/* Whether a path belongs to the package, and not to torch, the toolkit or the system. */
bool text_own(const struct text_walk *walk, const char *path);

/* The file that an #include of <name> or "name" in a file finds, or NULL. */
const char *text_lookup(const struct text_walk *walk, const char *from, const char *name, bool angled);

/* The folders that the compilers here look in by themselves, and those of CPATH. */
const struct strings *text_system(const struct text_walk *walk);

/* Whether there are C++ headers of a compiler to look among. */
bool text_knows_system(const struct text_walk *walk);

/* What an #if comes to here. */
enum tri text_condition(struct text_walk *walk, const struct text_file *in, const char *expression);
enum tri text_defined(struct text_walk *walk, struct text_name *name);
struct text_macro *text_macro(struct text_walk *walk, struct text_name *name);	/* NULL: no file of the package defines it */

/* Goes through the unit; false when its own file cannot be read (stopped says why). */
bool text_walk(struct text_walk *walk);

/* Whether a header of torch or the toolkit comes to include the one called target there, under no condition. */
bool text_reaches(struct text_walk *walk, struct text_file *header, const char *target);

/* Whether one that was included up to here does. */
bool text_has_reached(struct text_walk *walk, const char *target);

#endif
