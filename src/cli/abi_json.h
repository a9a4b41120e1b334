/* abi_json.h: what abi found, as JSON. */
#ifndef CLI_ABI_JSON_H
#define CLI_ABI_JSON_H

#include "abi/abi.h"

/* Prints the document; all: with the names of what is the same. False with run->error. */
bool abi_json(struct run *run, const struct abi_report *report, bool all, int code);

#endif
