/* parts.h: what the files of abi share. */
#ifndef ABI_PARTS_H
#define ABI_PARTS_H

#include "base/elf.h"
#include "base/str.h"
#include "abi/abi.h"
#include "scan/clang.h"

/* A header to read, by one process: its declarations become lines of text, which abi_take turns into items again. */
struct abi_reading {
	const struct clang *clang;
	const struct strings *include_dirs;
	const char *file;
};

/* For struct program's work: context is a struct abi_reading; lines on stdout. */
int abi_read(struct run *run, void *context);

/* What one process wrote; false when it did not come to its end, or the header has an error: *error is that, or NULL. */
bool abi_take(struct run *run, const struct blob *text, int row, struct abi_items *items, const char **error);

/* Sorted by kind and name, each once: so that abi_find finds. */
void abi_sort(struct abi_items *items);
const struct abi_item *abi_find(const struct abi_items *items, enum abi_kind kind, const char *name);

#define ABI_ROWS 32

/* Two structs that are the same but for their names. */
struct abi_rename { const struct abi_item *before, *after; };

/* What a comparison works on. */
struct abi_sides {
	struct run *run;
	struct abi_items before, after;
	const char *library[ABI_ROWS];	/* the second toolkit's, for each row of headers.def; NULL: not there */
	struct { struct abi_rename *item; size_t n; } renamed;	/* by abi_structs */
	struct abi_report *report;
};
struct abi_change *abi_add(struct abi_sides *sides, enum abi_effect effect, const char *how, const struct abi_item *before,
			   const struct abi_item *after, const char *says);

/* Reads the headers of headers.def into before and after, and tells of each in the report. False with run->error. */
bool abi_read_headers(struct abi_sides *sides, const struct clang *clang);

/* A field's name without its struct's. */
const char *abi_own_name(const struct abi_item *field, const struct abi_item *of);

/* What is said of a field of a struct that becomes the other one; NULL: it is as it was. *effect is what it means. */
const char *abi_compare_field(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes,
			      const struct abi_item *old, enum abi_effect *effect);
void abi_new_fields(struct abi_sides *sides, const struct abi_item *of, const struct abi_item *becomes, struct strings *details);

void abi_structs(struct abi_sides *sides);
void abi_values(struct abi_sides *sides);	/* enumerators, and macros that are numbers */
void abi_functions(struct abi_sides *sides);
void abi_typedefs(struct abi_sides *sides);

/* "cudaError_t cudaFree(void *)" */
const char *abi_prototype(struct run *run, const struct abi_item *function);

/* Whether what calls the one can call the other; *details is what differs, also where it can. */
bool abi_calls_alike(struct abi_sides *sides, const struct abi_item *old, const struct abi_item *now, struct strings *details);

/* The function or other name that a name means where macros stand before it: cuMemAlloc is cuMemAlloc_v2. */
const char *abi_meant(struct run *run, const struct abi_items *items, const char *name);

#endif
