// … and behind __has_include.
#if __has_include(<THC/THC.h>)
#include <THC/THC.h>
#endif
#include <c10/util/Exception.h>
void check(bool b) { TORCH_CHECK(b, "no"); }
