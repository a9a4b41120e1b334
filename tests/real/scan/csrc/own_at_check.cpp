// A package that defines AT_CHECK itself: compiles.
#include <c10/util/Exception.h>
#ifndef AT_CHECK
#define AT_CHECK TORCH_CHECK
#endif
void check(bool b) { AT_CHECK(b, "must be true"); }
