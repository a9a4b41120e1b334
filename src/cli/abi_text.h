/* abi_text.h: what abi found, in words. */
#ifndef CLI_ABI_TEXT_H
#define CLI_ABI_TEXT_H

#include "abi/abi.h"

/* all: what is new and what breaks nothing too, and all of what is many. */
void abi_text(struct run *run, const struct abi_report *report, bool all);

/* Changes of one effect, and of one kind, or of any where kind is negative. */
size_t abi_count(const struct abi_report *report, enum abi_effect effect, int kind);

size_t abi_count_same(const struct abi_report *report, enum abi_kind kind);

/* Whether the library behind a header goes by another SONAME, and none of the headers before it told so. */
bool abi_soname_differs(const struct abi_report *report, size_t header);

/* Whether a header that both have could not be read. */
bool abi_some_unread(const struct abi_report *report);

/* Libraries that go by another SONAME. */
size_t abi_count_libraries(const struct abi_report *report);

#endif
