// torch/headeronly came after 2.5.
#include <torch/headeronly/util/Exception.h>
void check(bool b) { STD_TORCH_CHECK(b, "no"); }
