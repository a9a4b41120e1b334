/* fuzz.h: what the targets for text parsers share. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a file called name (which may hold slashes) in a folder of this process; that folder's path. */
const char *fuzz_folder(const char *name, const uint8_t *data, size_t size);

/* Frees what the arena gave. Each target calls it at its end. */
void fuzz_end(void);

#endif
