/* reader.h: one header while it is read. */
#ifndef ABI_READER_H
#define ABI_READER_H

#include "abi/parts.h"

struct abi_reader {
	struct run *run;
	const struct abi_reading *of;
	void *unit;
	struct strings lines;
};

/* A type as text, without the places that clang tells of those that have no name. */
const char *abi_spelling(struct abi_reader *r, struct clang_type type);

/* "struct cudaDeviceProp", "cublasContext", "enum cudaError": the name alone; NULL for what has none. */
const char *abi_tag(struct abi_reader *r, struct clang_cursor cursor);

/* The header below the toolkit's include directories that a cursor stands in; NULL for one from elsewhere. */
const char *abi_place(struct abi_reader *r, struct clang_cursor cursor, unsigned *line);

/* Adds the item, with its place; nothing for what stands elsewhere. */
void abi_say(struct abi_reader *r, struct clang_cursor cursor, struct abi_item item);

void abi_say_struct(struct abi_reader *r, struct clang_cursor cursor);	/* with its fields */
void abi_say_macro(struct abi_reader *r, struct clang_cursor cursor);
int abi_each_enumerator(struct clang_cursor cursor, struct clang_cursor parent, void *context);	/* for visitChildren */

#endif
