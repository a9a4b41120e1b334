/* cxx.h: what follows from a C++ compiler's name and version. */
#ifndef BASE_CXX_H
#define BASE_CXX_H

#include "base/run.h"
#include "base/version.h"

/* The C compiler beside it: /usr/bin/gcc-11 for /usr/bin/g++-11; cxx itself where there is none. */
const char *cxx_c_sibling(struct run *run, const char *cxx);

/* The C++ compiler's path for a C compiler's: /usr/bin/g++-11 for /usr/bin/gcc-11, which need not be there. */
const char *cxx_of_c(struct run *run, const char *cc);

/* The standard that a word asks for: 17 for -std=c++17, --std=gnu++1z; 0: it is no such word. */
int cxx_standard(const char *word);

/*
 * nvcc puts its own path, its host compiler's and TMPDIR between double quotes and has sh run that (11.8 to 13.2). What is
 * wrong with such a path, or NULL.
 */
const char *cxx_misread(struct run *run, const char *path);

/*
 * Whether nvcc's shell reads just a word in it. nvcc 11.8, 12.4 and 13.0 run what stands in $() or `` in a -D, a -U, an
 * -isystem, an -Xcompiler and the name of a source. A list of the harmless, because the quoting differs from option to option.
 */
bool cxx_is_plain(const char *word);

#endif
