/* judge_missing.h: undefined symbols that nothing provides, by their cause. */
#ifndef VERIFY_JUDGE_MISSING_H
#define VERIFY_JUDGE_MISSING_H

#include "verify/judge_parts.h"

struct missing {
	struct elf_symbols abi;		/* they speak of the other std::string */
	struct elf_symbols unlinked;	/* in memory (found_in), but not where the loader looks for this module */
	struct elf_symbols python;	/* Python's C interface */
	struct elf_symbols torch;	/* the rest */
};

/* A finding for each list that is not empty; abi is torch's _GLIBCXX_USE_CXX11_ABI. */
void missing_say(struct judge *judge, const struct missing *missing, int abi);

#endif
