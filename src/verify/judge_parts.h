/* judge_parts.h: what the judge_*.c files share. */
#ifndef VERIFY_JUDGE_PARTS_H
#define VERIFY_JUDGE_PARTS_H

#include "base/elf.h"
#include "base/run.h"
#include "cuenv.h"
#include "verify/judge.h"
#include "load/loader.h"

struct judge {
	struct run *run;
	const struct judging *in;
	struct facts *facts;
	struct findings *findings;
	struct elf module;		/* all parts */
	struct loader loader;		/* the Python, torch, then the module with what it brings */
	size_t torch_n, torch_absent;	/* of the loader's files and absent ones, how many were there before the module */
	struct strings scope;		/* files that the module's symbols are looked up in */
	const char *program;		/* the Python's own file, or NULL when it cannot be read */
};

/* One question each; every answer is a fact or a finding. */
void judge_libraries(struct judge *judge);
void judge_cudart(struct judge *judge);
void judge_versions(struct judge *judge);
void judge_symbols(struct judge *judge);
void judge_archs(struct judge *judge);

void judge_fact(struct judge *judge, const char *name, const char *value);

/* A new FAIL; evidence is added to it. */
struct finding *judge_finding(struct judge *judge, const char *code, const char *what, const char *remedy);
void judge_evidence(struct judge *judge, struct finding *finding, const char *file, const char *value);

/* "cuenv verify --toolkit 12": a toolkit of the major that torch was built with; which minors are here is not known. */
const char *judge_right_toolkit(struct judge *judge);

/* The qualified name in a mangled one: "c10::detail::torchCheckFail"; NULL when it is not mangled or too involved.
 * length, if given, is that of the mangled part that spells it. */
const char *name_plain(struct arena *arena, const char *mangled, size_t *length);

/* Which std::string a mangled name speaks of: 1 the one of C++11 (__cxx11), 0 the old one, -1 none. */
int name_string_abi(const char *mangled);

/* Whether a mangled name speaks of torch's namespaces. */
bool name_is_torch(const char *name);

/* The major version in a soname: 12 for libcudart.so.12, 11 for libcudart-e409450e.so.11.0; 0 when it has none. */
int name_major(const char *soname);

#endif
