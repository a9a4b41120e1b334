/* gen_cmake.h: what the generators for CMake share. */
#ifndef EMIT_GEN_CMAKE_H
#define EMIT_GEN_CMAKE_H

#include "emit/generator.h"

/*
 * What CMake itself cannot hold in the path of a compiler or a root, however it is written: ';' parts lists, a '[' keeps it from
 * doing so, and the files that it writes between quotes for itself do not escape '"', '\' and '$'. (nvcc itself fails in a
 * folder with a '$' or a '"' in its name.)
 */
#define GEN_CMAKE_NOT ";[]\"\\$`"

/* A path as one argument, in brackets, between which CMake reads nothing (a path with a bracket is refused); false with run->error. */
bool gen_cmake_word(struct run *run, const char *name, const char *path, const char **out);

/* False with run->error for a toolkit without an nvcc, which CMake cannot use. */
bool gen_cmake_toolkit(struct run *run, const char *name, const struct toolkit *toolkit);

/*
 * Configures an empty project, of these languages and with these lines, by the cmake on PATH; preset: a file to put beside it,
 * or NULL. What CMake says against it goes to problems. False with run->error when there is no cmake.
 */
bool gen_cmake_configure(struct run *run, const char *languages, const char *lines, const char *preset,
			 const struct strings *words, struct strings *problems);

#endif
