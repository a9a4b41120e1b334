// IntArrayRef from a braced list, irange, str: compiles.
#include <c10/util/ArrayRef.h>
#include <c10/util/irange.h>
#include <c10/util/Exception.h>
int64_t sum(c10::IntArrayRef x) { int64_t n = 0; for (const auto i : c10::irange(x.size())) n += x[i]; return n; }
int64_t six() { return sum({1, 2, 3}); }
