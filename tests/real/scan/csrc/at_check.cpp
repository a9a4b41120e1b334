// AT_CHECK left torch in 1.5.
#include <c10/util/Exception.h>
void check(bool b) { AT_CHECK(b, "must be true"); }
