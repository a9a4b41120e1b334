// ATen/SparseTensorUtils.h left torch between 2.0 and 2.5.
#include <ATen/SparseTensorUtils.h>
int nothing() { return 0; }
