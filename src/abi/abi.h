/*
 * abi.h: what differs between two toolkits that an extension could feel: the layout of public structs, the values of
 * enumerators, the functions, as libclang reads them from the headers, and what the libraries export.
 */
#ifndef ABI_ABI_H
#define ABI_ABI_H

#include "base/run.h"
#include "cuenv.h"

enum abi_kind { ABI_STRUCT, ABI_FIELD, ABI_ENUMERATOR, ABI_FUNCTION, ABI_TYPEDEF, ABI_MACRO, ABI_KINDS };

/* Something that a header declares. */
struct abi_item {
	enum abi_kind kind;
	const char *name;	/* "cudaDeviceProp"; a field's with its struct's: "cudaDeviceProp.name" */
	const char *of;		/* the enum of an enumerator, or "" */
	int row;		/* of headers.def: the header by which it was read */
	const char *header;	/* where, relative to the include directory */
	int line;
	long long number;	/* struct, typedef: size in bytes; field: offset in bits; enumerator: value */
	long long size;		/* struct: alignment in bytes; field: size in bits; -1: none */
	bool local;		/* function: static or inline, so that no library has it; macro: like a function */
	const char *type;	/* canonical type of field, function, typedef; a struct's with its keyword; a macro's tokens */
	const char *shown;	/* type as it is written, or "" */
};
struct abi_items { struct abi_item *item; size_t n; };

/* What it means for an extension that was compiled with the first toolkit. */
enum abi_effect {
	ABI_BREAKS,	/* compiled code meets something else than it was compiled for */
	ABI_SOURCE,	/* compiled code is well; source code has to change where it says the name */
	ABI_QUIET,	/* neither: another symbol behind the same name, an enum's last value */
	ABI_ADDED,	/* nothing of the old is touched */
};

struct abi_change {
	enum abi_effect effect;
	enum abi_kind kind;
	const char *how;		/* "size", "offset", "value", "gone", "signature", "version", "added", … */
	const char *name;
	const char *says;		/* "1032 bytes, was 712" */
	struct strings details;		/* what of its fields: "totalConstMem at 360, was 352" */
	const struct abi_item *before, *after;	/* NULL: not there */
};
struct abi_changes { struct abi_change *item; size_t n; };

/* One header of both toolkits. */
struct abi_header {
	const char *name;		/* "cuda_runtime_api.h" */
	const char *missing;		/* "12.4 has none", "took longer than 30 s"; NULL: both were read */
	const char *soname[2];		/* of the library behind it, or NULL */
	bool unread;			/* both have it, and it could not be read */
};
struct abi_headers { struct abi_header *item; size_t n; };

struct abi_report {
	const struct toolkit *toolkit[2];
	const char *clang;		/* "libclang 19.1.7" */
	struct abi_headers headers;
	struct abi_changes changes;
	struct abi_items same;		/* what both have alike, as the first declares it; no fields */
	struct abi_items items[2];	/* all that was read of each, sorted by kind and name; a struct's fields stand together */
};

/* Whether item is a field of that struct. */
bool abi_is_field(const struct abi_item *item, const struct abi_item *of);

/* False with run->error when nothing could be compared. */
bool abi_compare(struct run *run, const struct toolkit *before, const struct toolkit *after,
		 struct abi_report *out);

#endif
