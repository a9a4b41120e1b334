/*
 * clang.h: libclang's C interface, loaded by dlopen where a verb needs it, so that neither cuenv nor its build depends on
 * clang. The declarations are cuenv's own, after the stable ABI of clang-c (libclang 14 to 22); tests/unit compares them with
 * the real headers where those are.
 */
#ifndef SCAN_CLANG_H
#define SCAN_CLANG_H

#include "base/run.h"
#include "cuenv.h"

/* What clang-c's headers call CXString, CXSourceLocation, …; handles (CXIndex, CXFile, …) are void *. */
struct clang_string { const void *data; unsigned flags; };
struct clang_location { const void *pointer[2]; unsigned at; };
struct clang_range { const void *pointer[2]; unsigned begin, end; };
struct clang_cursor { int kind, extra; const void *data[3]; };
struct clang_type { int kind; void *data[2]; };
struct clang_token { unsigned number[4]; void *pointer; };
struct clang_unsaved { const char *file, *text; unsigned long size; };

typedef int (*clang_visitor)(struct clang_cursor cursor, struct clang_cursor parent, void *context);	/* enum clang_visit */
typedef void (*clang_inclusion)(void *file, struct clang_location *stack, unsigned depth, void *context);

enum clang_visit { CLANG_BREAK, CLANG_CONTINUE, CLANG_RECURSE };

/* CXCursorKind, those that are the same in all of these versions (a translation unit's, 300 or 350, is not). */
enum clang_kind {
	CLANG_STRUCT = 2, CLANG_UNION = 3, CLANG_CLASS = 4, CLANG_ENUM = 5, CLANG_FIELD = 6, CLANG_ENUMERATOR = 7,
	CLANG_FUNCTION = 8, CLANG_VARIABLE = 9, CLANG_PARAMETER = 10, CLANG_TYPEDEF = 20, CLANG_METHOD = 21,
	CLANG_NAMESPACE = 22, CLANG_LINKAGE = 23, CLANG_CONSTRUCTOR = 24, CLANG_DESTRUCTOR = 25, CLANG_CONVERSION = 26,
	CLANG_FUNCTION_TEMPLATE = 30, CLANG_CLASS_TEMPLATE = 31, CLANG_PARTIAL = 32, CLANG_ALIAS = 36,
	CLANG_LAMBDA = 144,
	CLANG_CUDA_CONSTANT = 412, CLANG_CUDA_DEVICE = 413, CLANG_CUDA_GLOBAL = 414, CLANG_CUDA_HOST = 415,
	CLANG_CUDA_SHARED = 416,
	CLANG_MACRO = 501, CLANG_EXPANSION = 502, CLANG_INCLUSION = 503,
};

/* CXTypeKind: the unsigned ones from char to long long. */
enum clang_type_kind { CLANG_UCHAR = 5, CLANG_ULONGLONG = 11, CLANG_UINT128 = 12 };

/* CXDiagnosticSeverity, CXTranslationUnit_Flags, CXErrorCode, CXLinkageKind. */
enum clang_severity { CLANG_IGNORED, CLANG_NOTE, CLANG_WARNING, CLANG_ERROR, CLANG_FATAL };
enum clang_option {
	CLANG_WITH_MACROS = 0x01,	/* macro definitions, expansions and inclusions become cursors */
	CLANG_INCOMPLETE = 0x02,	/* no instantiations at the end of the unit */
	CLANG_FOR_SAVING = 0x10,	/* as a precompiled header */
	CLANG_NO_BODIES = 0x40,		/* function bodies are skipped */
	CLANG_KEEP_GOING = 0x200,	/* behind a fatal error too */
};
enum clang_error { CLANG_DONE, CLANG_FAILED, CLANG_CRASHED, CLANG_ARGUMENTS, CLANG_AST };
enum clang_linkage { CLANG_LINK_INVALID, CLANG_LINK_NONE, CLANG_LINK_INTERNAL, CLANG_LINK_UNIQUE, CLANG_LINK_EXTERNAL };

struct clang {
	const char *path;		/* the library's file, links resolved */
	const char *version;		/* "19.1.7" */
	int major;			/* 19 */
	const char *resource_dir;	/* for -resource-dir: its own headers are in include/ below; NULL: not installed */
#define CLANG(result, name, takes) result (*name) takes;
#include "scan/clang.def"
#undef CLANG
};

/* The libclangs in the system's own folders, newest first; where the user names one (--libclang, CUENV_LIBCLANG), that alone. */
struct strings clang_places(struct run *run);

/* Loads that one. False with *why. Code of the library runs here, so a doubtful one is to be tried in a child first. */
bool clang_open(struct run *run, const char *place, struct clang *out, const char **why);

/* The first place whose library has its resource headers too, else the first that loads; false with *why, a sentence that
 * ends in the command to type. */
bool clang_load(struct run *run, struct clang *out, const char **why);

/* The same, loaded by a child first, for one that crashes or hangs; false with *why also for one without its headers. */
bool clang_try(struct run *run, struct clang *out, const char **why);

/* "libclang 19.1.7 lacks its own headers (stddef.h …); type: sudo apt install …", for one without resource_dir. */
const char *clang_lacks(struct run *run, const struct clang *clang);

/* The text, copied; the string is disposed of. "" for a NULL one. */
const char *clang_text(struct run *run, const struct clang *clang, struct clang_string string);

#endif
