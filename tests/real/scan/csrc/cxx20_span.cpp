// C++20 by the library.
#include <span>
int first(std::span<int> s) { return s[0]; }
