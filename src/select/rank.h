/*
 * rank.h: which toolkit suits a torch, and how well. Every verb that takes, names or lists a toolkit for torch asks here, so
 * that they name the same one. Pure.
 */
#ifndef SELECT_RANK_H
#define SELECT_RANK_H

#include "base/spec.h"
#include "cuenv.h"

/*
 * torch's setup.py build refuses a toolkit of another major, warns of another minor and goes on; an extension of another
 * major does not load (torch.utils.cpp_extension._check_cuda_version; docs/facts.md).
 */
enum suits { SUITS_NOT, SUITS_MAJOR, SUITS_MINOR };

/* How a toolkit of this version suits a torch of that CUDA; a version that is not known suits not. */
enum suits rank_suits(const struct version *toolkit, const struct version *cuda);

/*
 * Below zero: a is the better one for a torch of that CUDA. Those of torch's major come first; of these, those that build
 * extensions; then the same minor, the nearest above, the nearest below; of equals the one that a build here takes anyway, then the
 * newest. n of cuda 0: no torch asks, so those that build extensions, the newest first.
 */
int rank_compare(const struct toolkit *a, const struct toolkit *b, const struct version *cuda);

/*
 * The toolkit to build with for a torch of that CUDA: the first of those that have a working nvcc and that torch's build does
 * not refuse; with n of cuda 0 the first of all. within: only versions that it admits; NULL: any. NULL: there is none.
 */
const struct toolkit *rank_best(const struct toolkits *toolkits, const struct version *cuda, const struct spec *within);

/* The same for the torch at hand, of all that are here. */
const struct toolkit *rank_for_torch(const struct machine *machine);

/* Whether a build can take it: torch's does not refuse it and it builds extensions. */
bool rank_builds(const struct machine *machine, const struct toolkit *toolkit);

/* The CUDA of the torch at hand; n 0: there is none. */
const struct version *rank_cuda(const struct machine *machine);

#endif
